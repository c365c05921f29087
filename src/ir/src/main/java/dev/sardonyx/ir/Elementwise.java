package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Elementary functions of one argument. */
public sealed interface Elementwise extends Unary {
  /** y = |x|; the gradient at 0 is 0, as in PyTorch. */
  @Onnx(since = 13)
  record Abs() implements Elementwise {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().mul(p.x().sign());
    }
  }

  /** y = -x. */
  @Onnx(since = 13)
  record Neg() implements Elementwise {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().neg();
    }
  }

  /** y = eˣ. */
  @Onnx(since = 13, inputs = "input", outputs = "output")
  record Exp() implements Elementwise {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().mul(p.y());
    }
  }

  /** y = ln x. */
  @Onnx(since = 13, inputs = "input", outputs = "output")
  record Log() implements Elementwise {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().div(p.x());
    }
  }

  /**
   * y = √x; the gradient at 0 is infinite, and not a number where nothing flows back, as in
   * PyTorch: {@code Where} behind a root does not help, one before it does.
   */
  @Onnx(since = 13)
  record Sqrt() implements Elementwise {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().div(p.y().add(p.y()));
    }
  }

  /** y = 1/x. */
  @Onnx(since = 13)
  record Reciprocal() implements Elementwise {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().mul(p.y().square()).neg();
    }
  }

  /** y = erf x = 2/√π ∫₀ˣ exp(-t²) dt. */
  @Onnx(since = 13, inputs = "input", outputs = "output")
  record Erf() implements Elementwise {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().mul(p.x().square().neg().exp()).mul(2 / Math.sqrt(Math.PI));
    }
  }

  /** y = sin x. */
  @Onnx(since = 22, inputs = "input", outputs = "output")
  record Sin() implements Elementwise {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().mul(p.x().cos());
    }
  }

  /** y = cos x. */
  @Onnx(since = 22, inputs = "input", outputs = "output")
  record Cos() implements Elementwise {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().mul(p.x().sin()).neg();
    }
  }

  /** -1, 0 or 1. */
  @Onnx(since = 13, inputs = "input", outputs = "output")
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record Sign() implements Elementwise {}

  /** The greatest integer that is not above x. */
  @Onnx(since = 13)
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record Floor() implements Elementwise {}

  /** The least integer that is not below x. */
  @Onnx(since = 13)
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record Ceil() implements Elementwise {}

  /** The nearest integer, halves to even. */
  @Onnx(since = 22)
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record Round() implements Elementwise {}

  /** Whether x is not a number. */
  @Onnx(since = 20)
  @NotDifferentiable("the result is boolean")
  record IsNaN() implements Elementwise {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(ElementType.BOOL));
    }
  }

  /** Whether x is infinite: upwards, downwards or either. */
  @Onnx(since = 20, from = 10)
  @NotDifferentiable("the result is boolean")
  record IsInf(@Default("1") boolean detectNegative, @Default("1") boolean detectPositive)
      implements Elementwise, Formula {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(ElementType.BOOL));
    }

    @Override
    public Value formula(Expansion e) {
      Value tested =
          detectNegative && detectPositive ? e.x().abs() : detectNegative ? e.x().neg() : e.x();
      double limit = detectNegative || detectPositive ? Double.POSITIVE_INFINITY : Double.NaN;
      return tested.eq(limit);
    }
  }

  /** Every bit turned over. */
  @Onnx(since = 18, from = 18)
  @NotDifferentiable("integers")
  record BitwiseNot() implements Elementwise, Formula {
    /** -x - 1 in two's complement, and of unsigned integers by wrapping around. */
    @Override
    public Value formula(Expansion e) {
      return e.x().scalar(0).sub(e.x()).sub(1);
    }
  }

  /** Logical negation. */
  @Onnx(since = 1, from = 1)
  @NotDifferentiable("the result is boolean")
  record Not() implements Elementwise {}

  /** y = x. */
  @Onnx(since = 25, inputs = "input", outputs = "output")
  record Identity() implements Elementwise, ShapeOnly {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.value(0).type());
    }

    @Override
    public Value vjp(Pullback p) {
      return p.dy();
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      return in.content(0);
    }
  }

  /**
   * x as another element type. Gradients flow from float to float only.
   *
   * @param saturate whether numbers beyond a float8 type's range become its greatest, instead of
   *     NaN or infinity
   * @param roundMode how numbers become {@code float8e8m0}
   */
  @Onnx(since = 28, inputs = "input", outputs = "output")
  record Cast(
      ElementType to, @Default("1") boolean saturate, @Default("up") Conversion.RoundMode roundMode)
      implements Elementwise, ShapeOnly {
    public Cast(ElementType to) {
      this(to, true, Conversion.RoundMode.UP);
    }

    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(to));
    }

    @Override
    public @Nullable Value vjp(Pullback p) {
      return p.x().element().isFloat() && to.isFloat() ? p.dy().cast(p.x().element()) : null;
    }

    @Override
    public @Nullable List<Dim> fold(Inference in) {
      return in.element(0).isInteger() ? in.content(0) : null;
    }
  }
}
