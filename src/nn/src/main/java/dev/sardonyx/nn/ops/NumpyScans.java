package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.AlongAxis;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;

/** Sums, products and differences along an axis. */
final class NumpyScans {
  private static final String TYPED = "(x; axis=None, dtype=None)";

  static final OpTable TABLE =
      new OpTable()
          .op("Cumsum" + TYPED, c -> scan(c, c.x(), new AlongAxis.CumSum(false, false)))
          .op("Cumprod" + TYPED, c -> scan(c, c.x(), new AlongAxis.CumProd(false, false)))
          .op(
              "Nancumsum" + TYPED,
              c -> scan(c, NumpyNan.or(c.x(), 0), new AlongAxis.CumSum(false, false)))
          .op(
              "Nancumprod" + TYPED,
              c -> scan(c, NumpyNan.or(c.x(), 1), new AlongAxis.CumProd(false, false)))
          .op("Diff(a; n=1, axis=-1)", NumpyScans::differences)
          .op("Trapezoid(y; x=None, dx=1.0, axis=-1)", NumpyScans::trapezoid);

  private NumpyScans() {}

  private static Value scan(OpCall call, Value x, Op op) {
    Value typed = x.cast(call.type("dtype", x.element()));
    Value counted = Promotion.counted(typed);
    Value line = call.has("axis") ? counted : counted.reshape(-1);
    long axis = call.has("axis") ? call.axis("axis", line) : 0;
    return Value.of(op, line, Value.constant(Tensor.scalar(axis)));
  }

  private static Value differences(OpCall call) {
    Value x = call.value("a");
    int axis = call.axis("axis", x);
    for (long i = 0; i < call.integer("n"); i++) {
      Value after = x.slice(axis, 1, Long.MAX_VALUE);
      Value before = x.slice(axis, 0, -1);
      x = x.element() == ElementType.BOOL ? after.xor(before) : after.sub(before);
    }
    return x;
  }

  /** Half the sum of neighbours times their distance. */
  private static Value trapezoid(OpCall call) {
    Value y = Promotion.floating(call.value("y"));
    int axis = call.axis("axis", y);
    Value pairs = y.slice(axis, 1, Long.MAX_VALUE).add(y.slice(axis, 0, -1)).mul(0.5);
    if (!call.has("x")) {
      return pairs.mul(call.number("dx")).sum(false, axis);
    }
    Value x = call.value("x").cast(y.element());
    if (x.shape().rank() == 1) {
      long[] rest = Axes.others(y, axis);
      x = Axes.restore(x, rest);
    }
    Value steps = x.slice(axis, 1, Long.MAX_VALUE).sub(x.slice(axis, 0, -1));
    return pairs.mul(steps).sum(false, axis);
  }
}
