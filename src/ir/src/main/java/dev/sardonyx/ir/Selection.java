package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators that turn indices into elements and elements into indices. */
public sealed interface Selection extends Indexing {
  /**
   * A new axis on which values[1] stands at the index and values[0] elsewhere. An index outside
   * [-depth, depth) gives values[0] everywhere.
   */
  @Onnx(since = 28, from = 9, inputs = "indices depth values", outputs = "output")
  record OneHot(@Default("-1") long axis) implements Selection {
    @Override
    public List<Type> infer(Inference in) {
      Dim depth = depth(in);
      Shape values = in.shape(2);
      boolean pair = !values.isRanked() || values.rank() == 1 && fits(values.dim(0));
      if (!pair) {
        throw in.fail(
            "SHAPE-024",
            "takes two values, off and on, got the shape %s".formatted(values),
            "give values of the shape [2]");
      }
      Shape indices = in.shape(0);
      if (!indices.isRanked()) {
        return List.of(new TensorType(in.element(2), indices));
      }
      List<Dim> dims = new ArrayList<>(indices.dims());
      dims.add(in.axis(axis, indices.rank() + 1), depth);
      return List.of(new TensorType(in.element(2), Shape.of(dims)));
    }

    private static boolean fits(Dim two) {
      return !two.isFixed() || two.is(2);
    }

    private static Dim depth(Inference in) {
      Vectors.requireSingle(in, 1);
      Tensor constant = in.constant(1);
      Dim depth = constant != null ? Dim.of((long) constant.getDouble(0)) : Vectors.single(in, 1);
      Vectors.requireExtents(in, 1, List.of(depth));
      return depth;
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      if (!p.dy().element().isFloat()) {
        return Arrays.asList(null, null, null);
      }
      Tensor offOn = Tensor.from(p.dy().element(), new double[] {0, 1}, new long[] {2});
      Value hot = Value.of(this, p.x(0), p.x(1), Value.constant(offOn));
      Value on = p.dy().mul(hot).sum();
      Value off = p.dy().sum().sub(on);
      return Arrays.asList(null, null, Value.concat(0, off.unsqueeze(0), on.unsqueeze(0)));
    }
  }

  /** The coordinates of the elements that are not 0: a column for each, a row for every axis. */
  @Onnx(since = 13, from = 9)
  @NotDifferentiable("the result is indices")
  record NonZero() implements Selection {
    @Override
    public List<Type> infer(Inference in) {
      Shape x = in.shape(0);
      // Of a scalar the standard and its implementations make a different number of rows.
      Dim rows = x.isRanked() && x.rank() > 0 ? Dim.of(x.rank()) : Dim.UNKNOWN;
      return List.of(TensorType.of(ElementType.INT64, rows, Dim.UNKNOWN));
    }
  }

  /** The K greatest or least elements along the axis, and where they were. */
  @Onnx(since = 24, from = 10, inputs = "X K", outputs = "Values Indices")
  record TopK(@Default("-1") long axis, @Default("1") boolean largest, @Default("1") boolean sorted)
      implements Selection {
    @Override
    public List<Type> infer(Inference in) {
      List<Dim> ks = Vectors.int64s(in, 1);
      Vectors.requireLength(in, 1, ks, 1);
      Dim k = ks == null ? Dim.UNKNOWN : ks.get(0);
      Vectors.requireExtents(in, 1, List.of(k));
      Shape x = in.shape(0);
      if (x.isRanked()) {
        int at = in.axis(axis, x.rank());
        if (k.isFixed() && x.dim(at).isFixed() && k.value() > x.dim(at).value()) {
          throw in.fail(
              "SHAPE-033",
              "wants %s elements of an axis of extent %s".formatted(k, x.dim(at)),
              "K is at most the extent of the axis");
        }
        x = x.with(at, k);
      }
      return List.of(in.type(0).with(x), new TensorType(ElementType.INT64, x));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      Value zeros = p.x(0).zerosLike();
      return p.toFirst(zeros.scatterElements(p.y(1), p.dy(0), axis, ScatterReduction.NONE));
    }
  }
}
