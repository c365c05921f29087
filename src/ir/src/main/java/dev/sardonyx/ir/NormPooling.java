package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** LpPool and GlobalLpPool in other operators. */
final class NormPooling {
  private NormPooling() {}

  static @Nullable List<@Nullable Value> expand(Expansion e, long p) {
    Value x = e.x();
    if (!x.shape().isRanked()) {
      return null;
    }
    Value axes = Value.longs(LongStream.range(2, x.shape().rank()).toArray());
    if (p <= 2) {
      Op norm = p == 1 ? new Norm.ReduceL1(true, false) : new Norm.ReduceL2(true, false);
      return List.of(Value.of(norm, x, axes));
    }
    Value sum = Value.of(new Aggregation.ReduceSum(true, false), power(x, p), axes);
    return List.of(root(sum, p));
  }

  /**
   * The windows' sums are a convolution with a kernel of ones, with channels counted as further
   * batch; null where the padding is not known.
   */
  static @Nullable List<@Nullable Value> expand(Expansion e, Pooling.LpPool op) {
    Shape shape = e.shape(0);
    Shape y = e.node().output().shape();
    List<Window> windows = shape.isRanked() ? windows(op, shape, y) : null;
    if (windows == null) {
      return null;
    }
    Value x = power(e.x(), op.p());
    long[] folded = new long[shape.rank()];
    folded[0] = -1;
    folded[1] = 1;
    long[] kernel = new long[shape.rank()];
    for (int i = 0; i < kernel.length; i++) {
      kernel[i] = i < 2 ? 1 : windows.get(i - 2).kernel();
    }
    Value ones = Extents.full(x.element(), 1, Value.longs(kernel));
    Value sums = new Correlation(windows, 1).gather(x.reshape(folded), ones);
    Value unfolded =
        Extents.reshape(
            sums,
            y,
            () ->
                Extents.join(
                    List.of(Extents.shape(e.x(), 0, 2), Extents.shape(sums, 2, shape.rank()))));
    return List.of(root(unfolded, op.p()));
  }

  private static @Nullable List<Window> windows(Pooling.LpPool op, Shape x, Shape y) {
    List<Window> windows = new ArrayList<>();
    for (int i = 0; i < op.kernelShape().size(); i++) {
      Dim wide = x.dim(i + 2);
      Window w = op.windows().pooling(i, wide);
      if (w == null || w.before() < 0 || w.after() < 0) {
        return null;
      }
      if (op.ceilMode()) {
        // As much padding as the last window needs.
        Dim over = w.withPadding(w.before(), 0).rest(wide, y.dim(i + 2)).times(-1);
        if (!over.isFixed()) {
          return null;
        }
        w = w.withPadding(w.before(), Math.max(0, over.value()));
      }
      windows.add(w);
    }
    return windows;
  }

  private static Value power(Value x, long p) {
    return p == 1 ? x.abs() : p == 2 ? x.mul(x) : x.abs().pow(p);
  }

  /** The root, whose gradient at 0 is 0. */
  private static Value root(Value sum, long p) {
    if (p == 1) {
      return sum;
    }
    Value none = sum.eq(0);
    Value safe = none.where(sum.scalar(1), sum);
    Value root = p == 2 ? safe.sqrt() : safe.pow(1.0 / p);
    return none.where(sum.scalar(0), root);
  }
}
