package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Trigonometry;
import dev.sardonyx.ir.Value;

/** What ONNX has no operator for. */
final class Angles {
  private Angles() {}

  /** The angle of the point (x, y), in [-π, π], with the signs of zeros as in C. */
  static Value atan2(Value y, Value x) {
    Value slope = y.abs().div(x.abs());
    Value base = y.eq(0).where(y.zerosLike(), Value.of(new Trigonometry.Atan(), slope));
    Value upper = isNegative(x).where(base.neg().add(Math.PI), base);
    return isNegative(y).where(upper.neg(), upper);
  }

  private static Value isNegative(Value x) {
    return x.lt(0).or(x.eq(0).and(x.reciprocal().lt(0)));
  }
}
