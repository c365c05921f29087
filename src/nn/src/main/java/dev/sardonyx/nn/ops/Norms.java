package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import org.jspecify.annotations.Nullable;

/** Norms of vectors and of matrices. */
final class Norms {
  private Norms() {}

  static Value of(OpCall call) {
    Value x = call.floating();
    long[] axes = call.axes("axis", x);
    Object order = call.raw("ord");
    if (order == null
        || order.equals("fro")
        || order instanceof Number n && axes.length == 1 && n.doubleValue() == 2) {
      return x.square().sum(call.flag("keepdims"), axes).sqrt();
    }
    return switch (axes.length) {
      case 1 -> vector(call, x, axes[0], number(call, order));
      case 2 -> matrix(call, x, axes, order);
      default -> call.wrong("axis", "one axis or two");
    };
  }

  /** Infinities are written as words in files. */
  private static double number(OpCall call, @Nullable Object order) {
    if (order instanceof Number n) {
      return n.doubleValue();
    }
    return switch (String.valueOf(order)) {
      case "inf", "Infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-Infinity" -> Double.NEGATIVE_INFINITY;
      default -> call.wrong("ord", "a number, fro or nuc");
    };
  }

  private static Value vector(OpCall call, Value x, long axis, double order) {
    boolean keep = call.flag("keepdims");
    if (Double.isInfinite(order)) {
      return order > 0 ? x.abs().max(keep, axis) : x.abs().min(keep, axis);
    }
    if (order == 0) {
      return x.eq(0).not().cast(x.element()).sum(keep, axis);
    }
    return x.abs().pow(order).sum(keep, axis).pow(1 / order);
  }

  private static Value matrix(OpCall call, Value x, long[] axes, Object order) {
    boolean nuclear = order.equals("nuc");
    double p = nuclear ? 2 : number(call, order);
    if (Math.abs(p) == 2) {
      int rank = x.shape().rank();
      Value moved = Axes.move(x, axes, new long[] {rank - 2, rank - 1});
      Value s = SingularValues.values(call, moved);
      Value norm = nuclear ? s.sum(false, -1) : p > 0 ? s.max(false, -1) : s.min(false, -1);
      return call.flag("keepdims") ? Axes.restore(norm, axes) : norm;
    }
    boolean rows = Double.isInfinite(p);
    if (!rows && Math.abs(p) != 1) {
      return call.wrong("ord", "1, 2, an infinity, fro or nuc for matrices");
    }
    Value sums = x.abs().sum(true, axes[rows ? 1 : 0]);
    Value result = p > 0 ? sums.max(true, axes) : sums.min(true, axes);
    return call.flag("keepdims") ? result : result.squeeze(axes);
  }
}
