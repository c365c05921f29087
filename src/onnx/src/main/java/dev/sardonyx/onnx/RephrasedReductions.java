package dev.sardonyx.onnx;

import dev.sardonyx.ir.Aggregation.ReduceMax;
import dev.sardonyx.ir.Aggregation.ReduceMean;
import dev.sardonyx.ir.Aggregation.ReduceMin;
import dev.sardonyx.ir.Aggregation.ReduceProd;
import dev.sardonyx.ir.Aggregation.ReduceSum;
import dev.sardonyx.ir.Layout;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Norm.ReduceL1;
import dev.sardonyx.ir.Norm.ReduceL2;
import dev.sardonyx.ir.Norm.ReduceLogSum;
import dev.sardonyx.ir.Norm.ReduceLogSumExp;
import dev.sardonyx.ir.Norm.ReduceSumSquare;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Reducing;
import dev.sardonyx.ir.Slicing;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Reductions over axes that are known at run time only, or over no axes, where axes are an
 * attribute and none means all. ReduceSum has them as an input from opset 13 on.
 */
final class RephrasedReductions {
  private final Value x;
  private final @Nullable Value axes;
  private final Reducing op;

  private RephrasedReductions(Node node) {
    this.x = node.input(0);
    this.op = (Reducing) node.op();
    Value given = node.hasInput(1) ? node.input(1) : null;
    boolean none = given != null && given.shape().isRanked() && given.shape().size().is(0);
    this.axes = none ? null : given;
  }

  static @Nullable Value of(Node node) {
    RephrasedReductions reduction = new RephrasedReductions(node);
    if (reduction.axes != null) {
      return reduction.overAxes();
    }
    if (reduction.op.noopWithEmptyAxes()) {
      return reduction.ofEach();
    }
    // An empty list of axes.
    return node.hasInput(1) ? Value.of(node.op(), node.input(0)) : null;
  }

  /** What the operator does to single elements. */
  private Value ofEach() {
    if (op instanceof ReduceL1 || op instanceof ReduceL2) {
      return x.abs();
    }
    if (op instanceof ReduceSumSquare) {
      return x.mul(x);
    }
    return op instanceof ReduceLogSum ? x.log() : x;
  }

  private @Nullable Value overAxes() {
    if (op instanceof ReduceL1) {
      return sum(x.abs());
    }
    if (op instanceof ReduceL2) {
      return root(sum(x.mul(x)));
    }
    if (op instanceof ReduceSumSquare) {
      return sum(x.mul(x));
    }
    if (op instanceof ReduceLogSum) {
      return sum(x).log();
    }
    if (op instanceof ReduceMean) {
      Value sum = sum(x);
      return sum.div(x.sizeOf().div(sum.sizeOf()).cast(x.element()));
    }
    if (op instanceof ReduceLogSumExp) {
      return logSumExp();
    }
    if (op instanceof ReduceMax) {
      return axisByAxis(ReduceMax::new);
    }
    if (op instanceof ReduceMin) {
      return axisByAxis(ReduceMin::new);
    }
    return op instanceof ReduceProd ? axisByAxis(ReduceProd::new) : null;
  }

  private Value sum(Value value) {
    return Value.of(new ReduceSum(op.keepdims(), op.noopWithEmptyAxes()), value, axes);
  }

  private static Value root(Value value) {
    return value.element().isFloat()
        ? value.sqrt()
        : value.cast(ElementType.FLOAT64).sqrt().cast(value.element());
  }

  /** Less the greatest element, so that no power overflows. */
  private @Nullable Value logSumExp() {
    Value greatest = axisByAxis(ReduceMax::new);
    Value kept = reduced(ReduceMax::new);
    if (greatest == null || kept == null) {
      return null;
    }
    Value finite = kept.abs().lt(Double.POSITIVE_INFINITY);
    Value shift = finite.where(kept, kept.zerosLike());
    Value low = greatest.abs().lt(Double.POSITIVE_INFINITY).where(greatest, greatest.zerosLike());
    return sum(x.sub(shift).exp()).log().add(low);
  }

  private interface Reduction {
    Op of(boolean keepdims, boolean noop);
  }

  private @Nullable Value axisByAxis(Reduction reduction) {
    Value kept = reduced(reduction);
    if (kept == null || op.keepdims()) {
      return kept;
    }
    // Without axes Squeeze would drop every axis of extent 1.
    boolean some = axes.shape().isRanked() && axes.shape().size().isFixed();
    return some || !op.noopWithEmptyAxes() ? Value.of(new Layout.Squeeze(), kept, axes) : null;
  }

  /** One axis after the other: what it is reduced to is put before it, and one of both is cut. */
  private @Nullable Value reduced(Reduction reduction) {
    if (!x.shape().isRanked()) {
      return null;
    }
    int rank = x.shape().rank();
    Value wanted = axes.cast(ElementType.INT64);
    Value places = wanted.lt(0).where(wanted.add(rank), wanted);
    boolean mayBeAll =
        !op.noopWithEmptyAxes() && !(axes.shape().isRanked() && axes.shape().size().isFixed());
    Value all = mayBeAll ? axes.sizeOf().eq(0) : null;
    Value y = x;
    for (int axis = 0; axis < rank; axis++) {
      Value hits = places.eq(axis).cast(ElementType.INT64).sum(false, 0).gt(0);
      Value chosen = all == null ? hits : hits.or(all);
      Value one = Value.of(reduction.of(true, false), y, Value.longs(axis));
      Value start = chosen.where(long0(), long1()).reshape(1);
      Value end = chosen.where(long1(), longMax()).reshape(1);
      Value both = Value.concat(axis, one, y);
      y = Value.of(new Slicing.Slice(), both, start, end, Value.longs(axis));
    }
    return y;
  }

  private static Value long0() {
    return Value.constant(Tensor.scalar(0L));
  }

  private static Value long1() {
    return Value.constant(Tensor.scalar(1L));
  }

  private static Value longMax() {
    return Value.constant(Tensor.scalar(Long.MAX_VALUE));
  }
}
