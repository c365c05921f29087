package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Trigonometry;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;

/** Functions that ONNX lacks, accurate near 0 too. */
final class Functions {
  private Functions() {}

  static Value of(Op op, Value... inputs) {
    return Value.of(op, inputs);
  }

  /** In a floating type; of 64 bits where the integers have as many. */
  static Value wide(Value x) {
    return x.element() == ElementType.INT64 ? x.cast(ElementType.FLOAT64) : Promotion.floating(x);
  }

  static Value cbrt(Value x) {
    return x.sign().mul(x.abs().pow(1.0 / 3));
  }

  static Value exp2(Value x) {
    return x.scalar(2).pow(x);
  }

  /** eˣ - 1 = tanh(x/2) · (eˣ + 1). */
  static Value expm1(Value x) {
    return x.mul(0.5).tanh().mul(x.exp().add(1));
  }

  /** ln(1 + x), for small x as 2 artanh(x / (x + 2)). */
  static Value log1p(Value x) {
    Value small = x.abs().lt(0.1);
    Value near = small.where(x, x.scalar(0));
    Value accurate = of(new Trigonometry.Atanh(), near.div(near.add(2))).mul(2);
    return small.where(accurate, x.add(1).log());
  }

  /** Towards 0. */
  static Value truncate(Value x) {
    return x.element().isFloat() ? x.sign().mul(x.abs().floor()) : x;
  }

  /** c₀ + c₁ x + c₂ x² + … */
  static Value polynomial(Value x, double... coefficients) {
    Value sum = x.scalar(coefficients[coefficients.length - 1]);
    for (int i = coefficients.length - 2; i >= 0; i--) {
      sum = sum.mul(x).add(coefficients[i]);
    }
    return sum;
  }
}
