package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators that measure tensors, and that make tensors from measures. */
public sealed interface Sizing extends Shaping {
  /**
   * The extents of axes {@code start} to {@code end}, which is left out, as an int64 vector. A
   * negative axis counts from the end, one outside is moved to the edge; without end, to the last.
   */
  @Onnx(since = 25, from = 1, inputs = "data", outputs = "shape")
  @NotDifferentiable("the shape does not depend on the elements")
  record Shape(@Default("0") long start, @Nullable Long end) implements Sizing, ShapeOnly {
    @Override
    public List<Type> infer(Inference in) {
      List<Dim> extents = fold(in);
      Dim length = extents == null ? Dim.UNKNOWN : Dim.of(extents.size());
      return List.of(TensorType.of(ElementType.INT64, length));
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      dev.sardonyx.ir.type.Shape x = in.shape(0);
      if (!x.isRanked()) {
        return null;
      }
      int from = axis(start, x.rank());
      int to = end == null ? x.rank() : axis(end, x.rank());
      return from < to ? x.dims().subList(from, to) : List.of();
    }

    private static int axis(long axis, int rank) {
      return (int) Math.max(0, Math.min(axis < 0 ? axis + rank : axis, rank));
    }
  }

  /** The number of elements, an int64 scalar. */
  @Onnx(since = 25, from = 1, inputs = "data", outputs = "size")
  @NotDifferentiable("the size does not depend on the elements")
  record Size() implements Sizing, ShapeOnly {
    @Override
    public List<Type> infer(Inference in) {
      in.type(0);
      return List.of(TensorType.of(ElementType.INT64, new long[0]));
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      return List.of(in.shape(0).size());
    }
  }

  /**
   * A tensor of the shape that the input holds.
   *
   * @param value the one element that is repeated, in a tensor of one
   */
  @Onnx(since = 25, from = 9, inputs = "input", outputs = "output")
  @NotDifferentiable("the result depends on the input's elements as a shape only")
  record ConstantOfShape(@Default("0") Tensor value) implements Sizing, ShapeOnly {
    @Override
    public List<Type> infer(Inference in) {
      if (value.size() != 1) {
        throw in.fail(
            "ATTR-004",
            "takes one element as value, got %s".formatted(value.size()),
            "give a tensor of the shape [1]");
      }
      List<Dim> shape = Vectors.int64s(in, 0);
      if (shape == null) {
        return List.of(new TensorType(value.element(), dev.sardonyx.ir.type.Shape.UNRANKED));
      }
      Vectors.requireExtents(in, 0, shape);
      return List.of(new TensorType(value.element(), dev.sardonyx.ir.type.Shape.of(shape)));
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      List<Dim> shape = Vectors.elements(in, 0);
      if (shape == null || shape.size() > 1) {
        return null;
      }
      Dim count = shape.isEmpty() ? Dim.ONE : shape.get(0);
      return count.isFixed() && count.value() <= Vectors.MAX_LENGTH
          ? Collections.nCopies((int) count.value(), Dim.of(value.getLong(0)))
          : null;
    }
  }

  /**
   * start, start + delta, … up to but not including limit.
   *
   * @param stashType in which type 16-bit floats are computed: 1, float32, unless said otherwise
   */
  @Onnx(since = 27, from = 11, inputs = "start limit delta", outputs = "output")
  record Range(@Default("1") long stashType) implements Sizing, ShapeOnly, Formula {
    @Override
    public @Nullable Value formula(Expansion e) {
      // 16-bit floats in float32; all others are computed in their own type.
      if (!e.element(0).isFloat() || e.element(0).bits() != 16) {
        return null;
      }
      ElementType stash = ElementType.ofCode((int) stashType);
      Value wide = Value.of(this, e.x(0).cast(stash), e.x(1).cast(stash), e.x(2).cast(stash));
      return wide.cast(e.element(0));
    }

    @Override
    public List<Type> infer(Inference in) {
      return List.of(TensorType.of(in.element(0), Ranges.length(in)));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      if (!p.dy().element().isFloat()) {
        return Arrays.asList(null, null, null);
      }
      // y[i] = start + i·delta; the limit decides only how many there are.
      Value steps = Origins.positions(p.y()).cast(p.dy().element());
      Value start = p.dy().sum().reshapeLike(p.x(0));
      return Arrays.asList(start, null, p.dy().mul(steps).sum().reshapeLike(p.x(2)));
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      return Ranges.elements(in);
    }
  }
}
