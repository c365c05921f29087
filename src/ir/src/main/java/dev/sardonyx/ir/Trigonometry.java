package dev.sardonyx.ir;

/** Trigonometric and hyperbolic functions and their inverses, beside sine and cosine. */
public sealed interface Trigonometry extends Unary {
  /** y = tan x. */
  @Onnx(since = 22, from = 7, inputs = "input", outputs = "output")
  record Tan() implements Trigonometry, Formula {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().mul(p.y().square().add(1));
    }

    @Override
    public Value formula(Expansion e) {
      return e.x().sin().div(e.x().cos());
    }
  }

  /** y = arcsin x, in [-π/2, π/2]; NaN outside [-1, 1]. */
  @Onnx(since = 22, from = 7, inputs = "input", outputs = "output")
  record Asin() implements Trigonometry, Formula {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().div(leg(p.x()));
    }

    @Override
    public Value formula(Expansion e) {
      return Value.of(new Atan(), e.x().div(leg(e.x())));
    }
  }

  /** y = arccos x, in [0, π]; NaN outside [-1, 1]. */
  @Onnx(since = 22, from = 7, inputs = "input", outputs = "output")
  record Acos() implements Trigonometry, Formula {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().div(leg(p.x())).neg();
    }

    @Override
    public Value formula(Expansion e) {
      return Value.of(new Asin(), e.x()).neg().add(Math.PI / 2);
    }
  }

  /** y = arctan x, in (-π/2, π/2). */
  @Onnx(since = 22, from = 7, inputs = "input", outputs = "output")
  record Atan() implements Trigonometry {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().div(p.x().square().add(1));
    }
  }

  /** y = (eˣ - e⁻ˣ) / 2. */
  @Onnx(since = 22, from = 9, inputs = "input", outputs = "output")
  record Sinh() implements Trigonometry, Formula {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().mul(Value.of(new Cosh(), p.x()));
    }

    @Override
    public Value formula(Expansion e) {
      return e.x().exp().sub(e.x().neg().exp()).mul(0.5);
    }
  }

  /** y = (eˣ + e⁻ˣ) / 2. */
  @Onnx(since = 22, from = 9, inputs = "input", outputs = "output")
  record Cosh() implements Trigonometry, Formula {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().mul(Value.of(new Sinh(), p.x()));
    }

    @Override
    public Value formula(Expansion e) {
      return e.x().exp().add(e.x().neg().exp()).mul(0.5);
    }
  }

  /** y = ln(x + √(x² + 1)). */
  @Onnx(since = 22, from = 9, inputs = "input", outputs = "output")
  record Asinh() implements Trigonometry, Formula {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().div(p.x().square().add(1).sqrt());
    }

    @Override
    public Value formula(Expansion e) {
      // Of |x|, since x + √(x² + 1) is a difference of near equals below zero.
      Value size = e.x().abs();
      return size.add(size.square().add(1).sqrt()).log().mul(e.x().sign());
    }
  }

  /** y = ln(x + √(x² - 1)); NaN below 1. */
  @Onnx(since = 22, from = 9, inputs = "input", outputs = "output")
  record Acosh() implements Trigonometry, Formula {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().div(p.x().square().sub(1).sqrt());
    }

    @Override
    public Value formula(Expansion e) {
      return e.x().add(e.x().square().sub(1).sqrt()).log();
    }
  }

  /** y = ln((1 + x) / (1 - x)) / 2; NaN outside [-1, 1]. */
  @Onnx(since = 22, from = 9, inputs = "input", outputs = "output")
  record Atanh() implements Trigonometry, Formula {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().div(p.x().square().neg().add(1));
    }

    @Override
    public Value formula(Expansion e) {
      return e.x().add(1).div(e.x().neg().add(1)).log().mul(0.5);
    }
  }

  /** √(1 - x²): the other leg of a right triangle with the hypotenuse 1. */
  private static Value leg(Value x) {
    return x.square().neg().add(1).sqrt();
  }
}
