package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reductions and scans along one axis. */
public sealed interface AlongAxis extends Reduction {
  /** The index of the greatest element along the axis: the first such, or the last. */
  @Onnx(since = 13, from = 11, inputs = "data", outputs = "reduced")
  @NotDifferentiable("the result is an index")
  record ArgMax(
      @Default("0") long axis,
      @Default("1") boolean keepdims,
      @Default("0") boolean selectLastIndex)
      implements AlongAxis {
    @Override
    public List<Type> infer(Inference in) {
      return AlongAxis.indices(in, axis, keepdims);
    }
  }

  /** The index of the least element along the axis: the first such, or the last. */
  @Onnx(since = 13, from = 11, inputs = "data", outputs = "reduced")
  @NotDifferentiable("the result is an index")
  record ArgMin(
      @Default("0") long axis,
      @Default("1") boolean keepdims,
      @Default("0") boolean selectLastIndex)
      implements AlongAxis {
    @Override
    public List<Type> infer(Inference in) {
      return AlongAxis.indices(in, axis, keepdims);
    }
  }

  /**
   * The sum of all elements up to each along the axis that the second input says; with {@code
   * exclusive} up to the one before, with {@code reverse} counted from the end.
   */
  @Onnx(since = 14, from = 11, inputs = "x axis", outputs = "y")
  record CumSum(@Default("0") boolean exclusive, @Default("0") boolean reverse)
      implements AlongAxis {
    @Override
    public List<Type> infer(Inference in) {
      return scanned(in);
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return p.toFirst(Value.of(new CumSum(exclusive, !reverse), p.dy(), p.x(1)));
    }
  }

  /**
   * The product of all elements up to each along the axis that the second input says; with {@code
   * exclusive} up to the one before, with {@code reverse} counted from the end.
   */
  @Onnx(since = 26, from = 26, inputs = "x axis", outputs = "y")
  record CumProd(@Default("0") boolean exclusive, @Default("0") boolean reverse)
      implements AlongAxis, Formula {
    @Override
    public List<Type> infer(Inference in) {
      return scanned(in);
    }

    @Override
    public @Nullable Value formula(Expansion e) {
      return CumulativeProduct.of(this, e.x(0), e.x(1));
    }
  }

  private static List<Type> scanned(Inference in) {
    if (in.element(0).isInteger() && in.element(0).bits() < 32) {
      throw in.fail(
          "TYPE-003",
          "is not defined on %s".formatted(in.element(0)),
          "cast the input to float32 or int64");
    }
    Vectors.requireIndex(in, 1);
    Dim axis = Vectors.single(in, 1);
    if (axis.isFixed() && in.shape(0).isRanked()) {
      in.axis(axis.value(), in.shape(0).rank());
    }
    return List.of(in.type(0));
  }

  private static List<Type> indices(Inference in, long axis, boolean keep) {
    Shape x = in.shape(0);
    if (!x.isRanked()) {
      return List.of(new TensorType(ElementType.INT64, x));
    }
    int at = in.axis(axis, x.rank());
    List<Dim> dims = new ArrayList<>(x.dims());
    if (keep) {
      dims.set(at, Dim.ONE);
    } else {
      dims.remove(at);
    }
    return List.of(new TensorType(ElementType.INT64, Shape.of(dims)));
  }
}
