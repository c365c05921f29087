package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.Arrays;

/** Quantiles of sorted elements. */
final class NumpyQuantiles {
  private static final String SHARE = "(x, q; axis=None, method='linear', keepdims=False)";
  private static final String KEEPING = "(x; axis=None, keepdims=False)";

  static final OpTable TABLE =
      new OpTable()
          .op("Median" + KEEPING, c -> of(c, half(), "linear", false))
          .op("Nanmedian" + KEEPING, c -> of(c, half(), "linear", true))
          // Keras's class has a method, and interpolates linearly whatever it is.
          .op("Quantile" + SHARE, c -> of(c, share(c, 1), "linear", false))
          .op("Nanquantile" + SHARE, c -> of(c, share(c, 1), c.text("method"), true))
          .op("Percentile" + SHARE, c -> of(c, share(c, 100), c.text("method"), false))
          .op("Nanpercentile" + SHARE, c -> of(c, share(c, 100), c.text("method"), true));

  private NumpyQuantiles() {}

  private static Value half() {
    return Value.scalar(ElementType.FLOAT32, 0.5);
  }

  private static Value share(OpCall call, double unit) {
    Value q = Promotion.floating(call.value("q"));
    return unit == 1 ? q : q.div(unit);
  }

  /** What is not a number is sorted to the end, where nothing looks, or makes the result none. */
  private static Value of(OpCall call, Value q, String method, boolean ignoring) {
    Value x = call.floating();
    long[] axes = call.axes("axis", x);
    Value rows = Axes.lastOf(x, axes);
    int last = rows.shape().rank() - 1;
    Value sorted = Sorting.sort(NumpyNan.or(rows, Double.POSITIVE_INFINITY), last, false);
    Value known = NumpyFunctions.nan(rows).not().cast(ElementType.INT32);
    Value count =
        ignoring
            ? known.sum(true, last)
            : Sizes.scalar(rows, last).cast(ElementType.INT32).add(known.sum(true, last).mul(0));
    Value line = q.reshape(-1).cast(ElementType.FLOAT64);
    Value place = count.sub(1).max(0).cast(ElementType.FLOAT64).mul(line);
    Value picked = pick(call, sorted, place, method);
    Value valid = ignoring ? count.gt(0) : known.min(true, last).eq(1);
    Value quantiles = valid.where(picked, picked.scalar(Double.NaN));
    if (q.shape().rank() == 0) {
      return call.keep(quantiles.squeeze(last), "axis", x);
    }
    Value first = Axes.move(quantiles, last, 0);
    return call.flag("keepdims") ? Axes.restore(first, behind(axes)) : first;
  }

  private static long[] behind(long[] axes) {
    return Arrays.stream(axes).map(a -> a + 1).toArray();
  }

  private static Value pick(OpCall call, Value sorted, Value place, String method) {
    Value low = at(sorted, place.floor());
    Value high = at(sorted, place.ceil());
    return switch (method) {
      case "linear" -> {
        Value part = place.sub(place.floor()).cast(sorted.element());
        yield part.eq(0).where(low, low.add(high.sub(low).mul(part)));
      }
      case "lower" -> low;
      case "higher" -> high;
      case "midpoint" -> low.add(high).mul(0.5);
      case "nearest" -> at(sorted, place.round());
      default -> call.wrong("method", "linear, lower, higher, midpoint or nearest");
    };
  }

  private static Value at(Value sorted, Value place) {
    return sorted.gatherElements(place.cast(ElementType.INT64), -1);
  }
}
