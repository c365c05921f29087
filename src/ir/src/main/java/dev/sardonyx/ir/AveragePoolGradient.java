package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * AveragePool's gradient: each dy, divided by what its window counted, goes to all that the window
 * saw. That is a transposed convolution with a kernel of ones. Channels count as further batch, so
 * that their number need not be known.
 */
record AveragePoolGradient(Correlation c, boolean countIncludePad, boolean ceilMode) {
  /** More elements along one axis are not counted here but at run time. */
  private static final long MAX_COUNTED = 1 << 16;

  Value toInput(Value x, Value dy) {
    long[] folded = new long[c.windows().size() + 2];
    folded[0] = -1;
    folded[1] = 1;
    Value shares = dy.div(counts(x, dy)).reshape(folded);
    return c.spread(shares, ones(dy), x).reshapeLike(x);
  }

  private Value ones(Value dy) {
    LongStream kernel = c.windows().stream().mapToLong(Window::kernel);
    long[] dims = LongStream.concat(LongStream.of(1, 1), kernel).toArray();
    return Extents.full(dy.element(), 1, Value.longs(dims));
  }

  /** How many elements each window counts, in a shape that broadcasts to dy's. */
  private Value counts(Value x, Value dy) {
    long[][] counts = new long[c.windows().size()][];
    for (int i = 0; i < counts.length; i++) {
      long[] axis = counts(c.windows().get(i), x.shape().dim(i + 2), dy.shape().dim(i + 2));
      if (axis == null) {
        return countsAtRunTime(x, dy);
      }
      counts[i] = Arrays.stream(axis).distinct().count() == 1 ? new long[] {axis[0]} : axis;
    }
    double[] product = {1};
    for (long[] axis : counts) {
      product = outer(product, axis);
    }
    long[] dims = Arrays.stream(counts).mapToLong(axis -> axis.length).toArray();
    boolean same = product.length == 1;
    return same ? dy.scalar(product[0]) : Value.constant(Tensor.from(dy.element(), product, dims));
  }

  private static double[] outer(double[] rows, long[] columns) {
    double[] product = new double[rows.length * columns.length];
    for (int i = 0; i < product.length; i++) {
      product[i] = rows[i / columns.length] * columns[i % columns.length];
    }
    return product;
  }

  /**
   * The counts along one axis; null where the extents that they depend on are not known, or large.
   */
  private long @Nullable [] counts(Window w, Dim wide, Dim narrow) {
    boolean unpadded = w.before() == 0 && w.after() == 0;
    if (!ceilMode && (countIncludePad || unpadded)) {
      return new long[] {w.kernel()};
    }
    if (!wide.isFixed() || !narrow.isFixed() || narrow.times(w.kernel()).value() > MAX_COUNTED) {
      return null;
    }
    // ONNX Runtime: what a window sees behind the padding counts in neither case.
    long from = countIncludePad ? -w.before() : 0;
    long to = wide.value() + (countIncludePad ? w.after() : 0);
    long[] counts = new long[Math.toIntExact(narrow.value())];
    for (int o = 0; o < counts.length; o++) {
      for (long k = 0; k < w.kernel(); k++) {
        long at = o * w.stride() + k * w.dilation() - w.before();
        counts[o] += at >= from && at < to ? 1 : 0;
      }
      counts[o] = Math.max(1, counts[o]);
    }
    return counts;
  }

  /** The pool's own sum over ones; a last window that runs over the end is given room. */
  private Value countsAtRunTime(Value x, Value dy) {
    int n = c.windows().size();
    Value extents = Extents.shape(x, 2, n + 2);
    Value ones = Extents.full(dy.element(), 1, Extents.join(List.of(Value.longs(1, 1), extents)));
    List<Window> windows = new ArrayList<>();
    long[] border = new long[2 * (n + 2)];
    for (int i = 0; i < n; i++) {
      Window w = c.windows().get(i);
      long room = w.stride() - 1;
      border[i + 2] = w.before();
      border[n + 2 + i + 2] = w.after();
      windows.add(
          countIncludePad ? w.withPadding(0, room) : w.withPadding(w.before(), w.after() + room));
    }
    Value counted = countIncludePad ? ones.pad(border, 1) : ones;
    Value counts = new Correlation(windows, 1).gather(counted, ones(dy));
    return Correlation.crop(counts, dy).max(1);
  }
}
