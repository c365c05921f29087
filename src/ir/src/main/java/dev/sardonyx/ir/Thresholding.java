package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.ElementType;

/** Activation functions in pieces. At a kink the gradient is PyTorch's. */
public sealed interface Thresholding extends Unary {
  /** y = max(x, 0) + min(α(exp(x/α) - 1), 0). Barron 2017. */
  @Onnx(since = 28, from = 12)
  record Celu(@Default("1.0") float alpha) implements Thresholding, Formula {
    @Override
    public Value vjp(Pullback p) {
      // Below zero the derivative is exp(x/α) = y/α + 1.
      return p.x().gt(0).where(p.dy(), p.dy().mul(p.y().mul(1 / (double) alpha).add(1)));
    }

    @Override
    public Value formula(Expansion e) {
      return e.x().div(alpha).elu(1).mul(alpha);
    }
  }

  /** y = x + bias below -λ, x - bias above λ, and 0 between. */
  @Onnx(since = 9, from = 9, inputs = "input", outputs = "output")
  record Shrink(@Default("0.0") float bias, @Default("0.5") float lambd)
      implements Thresholding, Formula {
    @Override
    public Value vjp(Pullback p) {
      Value outside = p.x().lt(-lambd).or(p.x().gt(lambd));
      return p.dy().mul(outside.cast(p.dy().element()));
    }

    @Override
    public Value formula(Expansion e) {
      Value x = e.x();
      // Compared as floats: unsigned integers have no -λ.
      Value number = x.element().isFloat() ? x : x.cast(ElementType.FLOAT32);
      Value above = number.gt(lambd).where(x.sub(bias), x.scalar(0));
      return number.lt(-lambd).where(x.add(bias), above);
    }
  }

  /** y = x if x > α, else 0. */
  @Onnx(since = 22, from = 10)
  record ThresholdedRelu(@Default("1.0") float alpha) implements Thresholding, Formula {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().mul(p.x().gt(alpha).cast(p.dy().element()));
    }

    @Override
    public Value formula(Expansion e) {
      return e.x().gt(alpha).where(e.x(), e.x().scalar(0));
    }
  }
}
