package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.AlongAxis;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/** What summarises a tensor along axes. */
final class NumpyReductions {
  private static final String KEEPING = "(x; axis=None, keepdims=False)";
  private static final String INITIAL = "(x; axis=None, keepdims=False, initial=None)";

  static final OpTable TABLE =
      new OpTable()
          .op("All" + KEEPING, c -> truth(c, false))
          .op("Any" + KEEPING, c -> truth(c, true))
          .op("Amax" + KEEPING, c -> extreme(c, c.x(), true))
          .op("Amin" + KEEPING, c -> extreme(c, c.x(), false))
          .op("Max" + INITIAL, c -> bounded(c, true))
          .op("Min" + INITIAL, c -> bounded(c, false))
          .op("Ptp" + KEEPING, c -> extreme(c, c.x(), true).sub(extreme(c, c.x(), false)))
          .op("Sum" + KEEPING, c -> sum(c, Promotion.summed(c.x())))
          .op("Mean" + KEEPING, c -> mean(c, c.floating()))
          .op("Prod(x; axis=None, keepdims=False, dtype=None)", NumpyReductions::product)
          .op("Var" + KEEPING, c -> variance(c, c.floating()))
          .op("Std" + KEEPING, c -> variance(c, c.floating()).sqrt())
          .op("Average(x, weights=None; axis=None)", NumpyReductions::average)
          .op("CountNonzero(x; axis=None)", NumpyReductions::count)
          .op("Argmax" + KEEPING, c -> place(c, Promotion.counted(c.x()), true))
          .op("Argmin" + KEEPING, c -> place(c, Promotion.counted(c.x()), false))
          .op("Logsumexp" + KEEPING, NumpyReductions::logSumExp);

  private NumpyReductions() {}

  static Value sum(OpCall call, Value x) {
    return over(call, x, axes -> x.sum(call.flag("keepdims"), axes));
  }

  static Value mean(OpCall call, Value x) {
    return inFloat32(x, wide -> over(call, wide, axes -> wide.mean(call.flag("keepdims"), axes)));
  }

  /** A reduction over the axes that are asked for; over none of them, nothing happens. */
  private static Value over(OpCall call, Value x, AxesRule rule) {
    long[] axes = call.axes("axis", x);
    return axes.length == 0 ? x : rule.apply(axes);
  }

  private interface AxesRule {
    Value apply(long[] axes);
  }

  /** Of 16 bits the statistics would be inexact. */
  static Value inFloat32(Value x, UnaryOperator<Value> statistic) {
    boolean half = x.element().bits() == 16;
    return half
        ? statistic.apply(x.cast(ElementType.FLOAT32)).cast(x.element())
        : statistic.apply(x);
  }

  private static Value truth(OpCall call, boolean any) {
    Value x = Promotion.truth(call.x()).cast(ElementType.INT32);
    return extreme(call, x, any).cast(ElementType.BOOL);
  }

  /** Whether all of these hold, a scalar. */
  static Value every(Value x) {
    return x.cast(ElementType.INT32).min(false).cast(ElementType.BOOL);
  }

  static Value extreme(OpCall call, Value given, boolean greatest) {
    Value x = Promotion.counted(given);
    boolean keep = call.flag("keepdims");
    return over(call, x, axes -> greatest ? x.max(keep, axes) : x.min(keep, axes))
        .cast(given.element());
  }

  private static Value bounded(OpCall call, boolean greatest) {
    Value most = extreme(call, call.x(), greatest);
    if (!call.has("initial")) {
      return most;
    }
    Value initial = call.value("initial").cast(most.element());
    return greatest ? most.max(initial) : most.min(initial);
  }

  private static Value product(OpCall call) {
    Value x = Promotion.summed(call.x());
    Value typed = call.has("dtype") ? call.x().cast(call.type("dtype")) : x;
    return over(call, typed, axes -> typed.prod(call.flag("keepdims"), axes));
  }

  private static Value variance(OpCall call, Value x) {
    return inFloat32(
        x,
        wide ->
            over(
                call,
                wide,
                axes ->
                    wide.sub(wide.mean(true, axes)).square().mean(call.flag("keepdims"), axes)));
  }

  private static Value average(OpCall call) {
    if (!call.has("weights")) {
      Value x = call.floating();
      return x.mean(false, call.axes("axis", x));
    }
    Value x = call.floatingPair("x", "weights").get(0);
    Value weights = call.floatingPair("x", "weights").get(1);
    long[] axes = call.axes("axis", x);
    if (weights.shape().rank() < x.shape().rank()) {
      weights = Axes.restore(weights, Axes.others(x, axes));
    }
    Value total = weights.expandLike(x).sum(false, axes);
    return x.mul(weights).sum(false, axes).div(total);
  }

  private static Value count(OpCall call) {
    Value ones = Promotion.truth(call.x()).cast(ElementType.INT32);
    return over(call, ones, axes -> ones.sum(false, axes));
  }

  /** Where the greatest or the least element is; of the flattened tensor without an axis. */
  static Value place(OpCall call, Value x, boolean greatest) {
    boolean keep = call.flag("keepdims");
    Value line = call.has("axis") ? x : x.reshape(-1);
    long axis = call.has("axis") ? call.axis("axis", x) : 0;
    boolean kept = keep && call.has("axis");
    Value place =
        greatest
            ? line.argMax(axis, kept)
            : Value.of(new AlongAxis.ArgMin(axis, kept, false), line);
    Value small = place.cast(ElementType.INT32);
    if (!keep || call.has("axis")) {
      return small;
    }
    long[] ones = new long[x.shape().rank()];
    Arrays.fill(ones, 1);
    return small.reshape(ones);
  }

  private static Value logSumExp(OpCall call) {
    Value x = call.floating();
    return over(call, x, axes -> x.logSumExp(call.flag("keepdims"), axes));
  }
}
