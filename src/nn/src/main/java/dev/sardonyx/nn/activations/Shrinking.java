package dev.sardonyx.nn.activations;

import dev.sardonyx.ir.AlongAxis;
import dev.sardonyx.ir.Selection;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;

/** Activations along the last axis that are more than a formula. */
final class Shrinking {
  private Shrinking() {}

  /** The first half times the sigmoid of the second. */
  static Value glu(Value x) {
    long width = x.shape().dim(-1).value();
    int last = x.shape().rank() - 1;
    Value gate = x.slice(last, width / 2, width);
    return x.slice(last, 0, width / 2).mul(gate.sigmoid());
  }

  /**
   * Martins and Astudillo 2016, algorithm 1, but for a threshold that adds up all sums, as Keras's
   * does.
   */
  static Value sparsemax(Value x) {
    int last = x.shape().rank() - 1;
    Value width = x.shapeOf().gather(Value.longs(last), 0);
    Value sorted = Value.of(new Selection.TopK(last, true, true), x, width);
    Value ranks = summed(x.onesLike(), last);
    Value sums = summed(sorted, last);
    Value inside = ranks.mul(sorted).add(1).gt(sums);
    Value count = inside.cast(x.element()).sum(true, last);
    Value total = inside.where(sums, x.scalar(0)).sum(true, last);
    return x.sub(total.sub(1).div(count)).relu();
  }

  private static Value summed(Value x, int axis) {
    return Value.of(new AlongAxis.CumSum(false, false), x, Value.scalar(ElementType.INT64, axis));
  }
}
