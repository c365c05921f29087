package dev.sardonyx.ir;


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
  @Onnx(since = 13)
  record Exp() implements Elementwise {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().mul(p.y());
    }
  }

  /** y = ln x. */
  @Onnx(since = 13)
  record Log() implements Elementwise {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().div(p.x());
    }
  }

  /** y = √x. */
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
  @Onnx(since = 13)
  record Erf() implements Elementwise {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().mul(p.x().square().neg().exp()).mul(2 / Math.sqrt(Math.PI));
    }
  }

  /** y = sin x. */
  @Onnx(since = 22)
  record Sin() implements Elementwise {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().mul(p.x().cos());
    }
  }

  /** y = cos x. */
  @Onnx(since = 22)
  record Cos() implements Elementwise {
    @Override
    public Value vjp(Pullback p) {
      return p.dy().mul(p.x().sin()).neg();
    }
  }

  /** -1, 0 or 1. */
  @Onnx(since = 13)
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

  /** x as another element type. Gradients flow from float to float only. */
  @Onnx(since = 28, inputs = "input", outputs = "output")
  record Cast(ElementType to) implements Elementwise, ShapeOnly {
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
