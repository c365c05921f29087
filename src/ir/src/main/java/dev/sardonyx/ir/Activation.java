package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;

/** Activation functions of one argument. At a kink the gradient is PyTorch's. */
public sealed interface Activation extends Unary {
  /** y = max(x, 0); the gradient at 0 is 0. */
  @Onnx(since = 14)
  record Relu() implements Activation, Formula {
    @Override
    public Value formula(Expansion e) {
      return e.x().max(0);
    }

    @Override
    public Value vjp(Pullback p) {
      // Cast·dY is the fastest of the lowerings measured; Where and Sign take half as long again.
      return p.dy().mul(p.x().gt(0).cast(p.dy().element()));
    }
  }

  /** y = x if x ≥ 0, else αx. */
  @Onnx(since = 16)
  record LeakyRelu(@Default("0.01") float alpha) implements Activation, Formula {
    @Override
    public Value formula(Expansion e) {
      return e.x().lt(0).where(e.x().mul(alpha), e.x());
    }

    @Override
    public Value vjp(Pullback p) {
      return p.x().gt(0).where(p.dy(), p.dy().mul(alpha));
    }
  }

  /** y = x if x ≥ 0, else α(eˣ - 1). */
  @Onnx(since = 22)
  record Elu(@Default("1.0") float alpha) implements Activation, Formula {
    @Override
    public Value formula(Expansion e) {
      return e.x().lt(0).where(e.x().exp().sub(1).mul(alpha), e.x());
    }

    @Override
    public Value vjp(Pullback p) {
      // Below zero the derivative is αeˣ = y + α.
      return p.x().gt(0).where(p.dy(), p.dy().mul(p.y().add(alpha)));
    }
  }

  /** y = γx if x > 0, else γ(αeˣ - α). Klambauer et al. 2017. */
  @Onnx(since = 22)
  record Selu(
      @Default("1.67326319217681884765625") float alpha,
      @Default("1.05070102214813232421875") float gamma)
      implements Activation, Formula {
    @Override
    public Value formula(Expansion e) {
      Value below = e.x().exp().sub(1).mul(alpha);
      return e.x().le(0).where(below, e.x()).mul(gamma);
    }

    public Selu() {
      this(1.67326319217681884765625f, 1.05070102214813232421875f);
    }

    @Override
    public Value vjp(Pullback p) {
      Value below = p.y().add((double) alpha * gamma);
      return p.dy().mul(p.x().gt(0).where(p.x().scalar(gamma), below));
    }
  }

  /** y = 1 / (1 + e⁻ˣ). */
  @Onnx(since = 13)
  record Sigmoid() implements Activation {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().mul(p.y().sub(p.y().square()));
    }
  }

  /** y = clip(αx + β, 0, 1); the gradient at the bounds is 0. */
  @Onnx(since = 22)
  record HardSigmoid(@Default("0.2") float alpha, @Default("0.5") float beta)
      implements Activation, Formula {
    @Override
    public Value formula(Expansion e) {
      return e.x().mul(alpha).add(beta).clip(0, 1);
    }

    @Override
    public Value vjp(Pullback p) {
      Value inside = p.y().gt(0).and(p.y().lt(1));
      return p.dy().mul(inside.cast(p.dy().element())).mul(alpha);
    }
  }

  /** y = tanh x. */
  @Onnx(since = 13)
  record Tanh() implements Activation, Formula {
    @Override
    public Value formula(Expansion e) {
      return e.x().mul(2).sigmoid().mul(2).sub(1);
    }

    @Override
    public Value vjp(Pullback p) {
      return p.dy().mul(p.y().square().neg().add(1));
    }
  }

  /** y = ln(1 + eˣ). */
  @Onnx(since = 22)
  record Softplus() implements Activation, Formula {
    @Override
    public Value formula(Expansion e) {
      // max(x, 0) + ln(1 + e^-|x|), of which nothing overflows.
      return e.x().abs().neg().exp().add(1).log().add(e.x().max(0));
    }

    @Override
    public Value vjp(Pullback p) {
      return p.dy().mul(p.x().sigmoid());
    }
  }

  /** y = x / (1 + |x|). */
  @Onnx(since = 22, inputs = "input", outputs = "output")
  record Softsign() implements Activation, Formula {
    @Override
    public Value formula(Expansion e) {
      return e.x().div(e.x().abs().add(1));
    }

    @Override
    public Value vjp(Pullback p) {
      return p.dy().div(p.x().abs().add(1).square());
    }
  }
}
