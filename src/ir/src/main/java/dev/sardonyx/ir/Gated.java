package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import java.util.Locale;

/** Activation functions x · g(x) with a gate g between 0 and 1. */
public sealed interface Gated extends Unary {
  /** How {@link Gelu} is computed. */
  enum Approximation {
    /** With the error function. */
    NONE,
    /** With the hyperbolic tangent. */
    TANH;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * y = x · Φ(x) with the normal distribution's Φ(x) = (1 + erf(x/√2)) / 2, or nearly so: (1 +
   * tanh(√(2/π)·(x + 0.044715x³))) / 2. Hendrycks and Gimpel 2016.
   */
  @Onnx(since = 20, from = 20)
  record Gelu(@Default("none") Approximation approximate) implements Gated, Formula {
    @Override
    public Value formula(Expansion e) {
      Value x = e.x();
      Value gate =
          approximate == Approximation.NONE
              ? Value.of(new Elementwise.Erf(), x.mul(Math.sqrt(0.5)))
              : x.add(x.mul(x.square()).mul(0.044715)).mul(Math.sqrt(2 / Math.PI)).tanh();
      return x.mul(gate.add(1).mul(0.5));
    }
  }

  /** y = x · clip(x/6 + 1/2, 0, 1). Howard et al. 2019. */
  @Onnx(since = 22, from = 14)
  record HardSwish() implements Gated, Formula {
    @Override
    public Value formula(Expansion e) {
      return e.x().mul(Value.of(new Activation.HardSigmoid(1 / 6f, 0.5f), e.x()));
    }
  }

  /** y = x · tanh(ln(1 + eˣ)). Misra 2019. */
  @Onnx(since = 22, from = 18)
  record Mish() implements Gated, Formula {
    @Override
    public Value formula(Expansion e) {
      return e.x().mul(e.x().softplus().tanh());
    }
  }

  /** y = x · sigmoid(αx), also called SiLU. Ramachandran et al. 2017. */
  @Onnx(since = 24, from = 24)
  record Swish(@Default("1.0") float alpha) implements Gated, Formula {
    @Override
    public Value formula(Expansion e) {
      return e.x().mul((alpha == 1 ? e.x() : e.x().mul(alpha)).sigmoid());
    }
  }
}
