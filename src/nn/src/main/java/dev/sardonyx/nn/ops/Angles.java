package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Trigonometry;
import dev.sardonyx.ir.Value;

/** Directions in the plane. */
final class Angles {
  private Angles() {}

  /** The angle between the first axis and the point (x, y), in (-π, π]. */
  static Value arctan2(Value y, Value x) {
    Value onAxis = x.eq(0);
    Value slope = y.div(onAxis.where(x.scalar(1), x));
    Value angle = Value.of(new Trigonometry.Atan(), slope);
    Value turn = y.lt(0).where(y.scalar(-Math.PI), y.scalar(Math.PI));
    Value off = x.lt(0).where(angle.add(turn), angle);
    return onAxis.where(y.sign().mul(Math.PI / 2), off);
  }
}
