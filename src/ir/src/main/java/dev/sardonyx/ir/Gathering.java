package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators that read at places which are data. */
public sealed interface Gathering extends Indexing {
  /** The slices of the axis at the indices, whose axes take the place of that axis. */
  @Onnx(since = 13, from = 1, inputs = "data indices", outputs = "output")
  record Gather(@Default("0") long axis) implements Gathering, ShapeOnly {
    @Override
    public List<Type> infer(Inference in) {
      Shape x = in.shape(0);
      Shape indices = in.shape(1);
      if (!x.isRanked()) {
        return List.of(in.type(0).with(x));
      }
      int at = in.axis(axis, x.rank());
      Indices.requireInside(in, 1, x.dim(at));
      if (!indices.isRanked()) {
        return List.of(in.type(0).with(indices));
      }
      List<Dim> dims = new ArrayList<>(x.dims().subList(0, at));
      dims.addAll(indices.dims());
      dims.addAll(x.dims().subList(at + 1, x.rank()));
      return List.of(in.type(0).with(Shape.of(dims)));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return p.toFirst(GatherGradient.of(p, axis));
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      List<Dim> x = Vectors.elements(in, 0);
      List<Dim> indices = in.content(1);
      if (x == null || indices == null) {
        return null;
      }
      return indices.stream()
          .map(i -> i.isFixed() ? x.get((int) (i.value() + (i.value() < 0 ? x.size() : 0))) : null)
          .map(element -> element == null ? Dim.UNKNOWN : element)
          .toList();
    }
  }

  /** For each index the element with that coordinate on the axis, the others being its own. */
  @Onnx(since = 13, from = 11, inputs = "data indices", outputs = "output")
  record GatherElements(@Default("0") long axis) implements Gathering {
    @Override
    public List<Type> infer(Inference in) {
      Indices.requireElementwise(in, axis);
      Shape x = in.shape(0);
      Shape indices = in.shape(1);
      return List.of(
          in.type(0)
              .with(indices.isRanked() || !x.isRanked() ? indices : Vectors.unknown(x.rank())));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      Value zeros = p.x(0).zerosLike();
      return p.toFirst(zeros.scatterElements(p.x(1), p.dy(), axis, ScatterReduction.ADD));
    }
  }

  /**
   * The slices at coordinates, which the last axis of the indices holds; the first {@code
   * batchDims} axes are common to both.
   */
  @Onnx(since = 13, from = 11, inputs = "data indices", outputs = "output")
  record GatherND(@Default("0") long batchDims) implements Gathering {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(Indices.gathered(in, batchDims)));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return p.toFirst(Origins.gradient(p.x(0), p.dy(), x -> Value.of(this, x, p.x(1))));
    }
  }
}
