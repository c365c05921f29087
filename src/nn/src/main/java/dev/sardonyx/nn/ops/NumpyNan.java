package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;

/** Reductions for which what is not a number is not there. */
final class NumpyNan {
  private static final String KEEPING = "(x; axis=None, keepdims=False)";

  static final OpTable TABLE =
      new OpTable()
          .op("Nanmax" + KEEPING, c -> extreme(c, true))
          .op("Nanmin" + KEEPING, c -> extreme(c, false))
          .op("Nanargmax" + KEEPING, c -> place(c, true))
          .op("Nanargmin" + KEEPING, c -> place(c, false))
          .op("Nansum" + KEEPING, c -> NumpyReductions.sum(c, Promotion.summed(or(c.x(), 0))))
          .op("Nanprod" + KEEPING, NumpyNan::product)
          .op("Nanmean" + KEEPING, c -> mean(c, c.floating(), c.flag("keepdims")))
          .op("Nanvar" + KEEPING, c -> variance(c))
          .op("Nanstd" + KEEPING, c -> variance(c).sqrt());

  private NumpyNan() {}

  /** {@code x} with a number in the place of what is none. */
  static Value or(Value x, double number) {
    return x.element().isFloat() ? NumpyFunctions.nan(x).where(x.scalar(number), x) : x;
  }

  private static Value extreme(OpCall call, boolean greatest) {
    Value x = call.x();
    if (!x.element().isFloat()) {
      return NumpyReductions.extreme(call, x, greatest);
    }
    double least = greatest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    Value found = NumpyReductions.extreme(call, or(x, least), greatest);
    return allUnknown(call, x).where(x.scalar(Double.NaN), found);
  }

  private static Value allUnknown(OpCall call, Value x) {
    Value unknown = NumpyFunctions.nan(x).cast(ElementType.INT32);
    return unknown.min(call.flag("keepdims"), call.axes("axis", x)).cast(ElementType.BOOL);
  }

  /** -1 where there is no number. */
  private static Value place(OpCall call, boolean greatest) {
    Value x = call.x();
    double least = greatest ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    Value place = NumpyReductions.place(call, Promotion.counted(or(x, least)), greatest);
    return x.element().isFloat() ? allUnknown(call, x).where(place.scalar(-1), place) : place;
  }

  private static Value product(OpCall call) {
    Value x = Promotion.summed(or(call.x(), 1));
    return x.prod(call.flag("keepdims"), call.axes("axis", x));
  }

  private static Value mean(OpCall call, Value x, boolean keep) {
    long[] axes = call.axes("axis", x);
    Value count = NumpyFunctions.nan(x).not().cast(x.element()).sum(keep, axes);
    return or(x, 0).sum(keep, axes).div(count);
  }

  private static Value variance(OpCall call) {
    Value x = call.floating();
    Value off = x.sub(mean(call, x, true)).square();
    return mean(call, off, call.flag("keepdims"));
  }
}
