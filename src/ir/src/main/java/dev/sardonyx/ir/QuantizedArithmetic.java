package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime's operators that take and give quantized numbers, each with scale and zero point.
 */
public sealed interface QuantizedArithmetic extends Contrib {
  /** Operators on two tensors, which broadcast. */
  sealed interface Two extends QuantizedArithmetic, Formula {
    @Override
    default List<Type> infer(Inference in) {
      for (int i : new int[] {1, 2, 4, 5, 6, 7}) {
        IntegerProduct.checkOne(in, i);
      }
      return List.of(new TensorType(in.element(0), in.broadcast(in.shape(0), in.shape(3))));
    }

    /** The operator on real numbers. */
    Value real(Value a, Value b);

    @Override
    default Value formula(Expansion e) {
      Value a = Fused.real(e.x(0), e.x(1), e.optional(2));
      Value b = Fused.real(e.x(3), e.x(4), e.optional(5));
      return Fused.quantized(real(a, b), e.x(6), e.optional(7), e.element(0));
    }
  }

  /** Operators on one tensor. */
  sealed interface One extends QuantizedArithmetic, Formula {
    @Override
    default List<Type> infer(Inference in) {
      for (int i = 1; i < 5; i++) {
        IntegerProduct.checkOne(in, i);
      }
      return List.of(in.type(0));
    }

    /** The operator on real numbers; null where it cannot be said. */
    @Nullable Value real(Value x);

    @Override
    default @Nullable Value formula(Expansion e) {
      Value y = real(Fused.real(e.x(0), e.x(1), e.optional(2)));
      return y == null ? null : Fused.quantized(y, e.x(3), e.optional(4), e.element(0));
    }
  }

  /** A + B. */
  @Onnx(
      since = 1,
      from = 1,
      inputs = "A A_scale A_zero_point? B B_scale B_zero_point? C_scale C_zero_point?",
      outputs = "C",
      domain = Contrib.DOMAIN)
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record QLinearAdd() implements Two {
    @Override
    public Value real(Value a, Value b) {
      return a.add(b);
    }
  }

  /** A · B, element by element. */
  @Onnx(
      since = 1,
      from = 1,
      inputs = "A A_scale A_zero_point? B B_scale B_zero_point? C_scale C_zero_point?",
      outputs = "C",
      domain = Contrib.DOMAIN)
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record QLinearMul() implements Two {
    @Override
    public Value real(Value a, Value b) {
      return a.mul(b);
    }
  }

  /** max(x, 0) + alpha · min(x, 0). */
  @Onnx(
      since = 1,
      from = 1,
      inputs = "X X_scale X_zero_point? Y_scale Y_zero_point?",
      domain = Contrib.DOMAIN)
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record QLinearLeakyRelu(@Default("0.01") float alpha) implements One {
    @Override
    public Value real(Value x) {
      return x.leakyRelu(alpha);
    }
  }

  /** 1 / (1 + exp(-x)). */
  @Onnx(
      since = 1,
      from = 1,
      inputs = "X X_scale X_zero_point? Y_scale Y_zero_point?",
      domain = Contrib.DOMAIN)
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record QLinearSigmoid() implements One {
    @Override
    public Value real(Value x) {
      return x.sigmoid();
    }
  }

  /**
   * The softmax along one axis, or over all axes from it on.
   *
   * @param opset which of the two, by the standard's opset: 13 brought the first
   */
  @Onnx(
      since = 1,
      from = 1,
      inputs = "X X_scale x_zero_point? y_scale y_zero_point",
      domain = Contrib.DOMAIN)
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record QLinearSoftmax(@Default("-1") long axis, long opset) implements One {
    @Override
    public @Nullable Value real(Value x) {
      Shape shape = x.shape();
      if (opset >= 13) {
        return x.softmax(axis);
      }
      if (!shape.isRanked()) {
        return null;
      }
      long first = axis < 0 ? axis + shape.rank() : axis;
      return x.flatten(first).softmax(-1).reshapeLike(x);
    }
  }

  /** Tensors one after another along an axis; each comes with its scale and its zero point. */
  @Onnx(since = 1, from = 1, inputs = "Y_scale Y_zero_point inputs*", domain = Contrib.DOMAIN)
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record QLinearConcat(long axis) implements QuantizedArithmetic, Formula {
    @Override
    public List<Type> infer(Inference in) {
      if (in.size() % 3 != 2) {
        throw in.fail(
            "GRAPH-001",
            "takes a tensor, a scale and a zero point each, got %s inputs".formatted(in.size() - 2),
            "give three inputs for each part");
      }
      List<Shape> parts = new ArrayList<>();
      for (int i = 2; i < in.size(); i += 3) {
        parts.add(in.shape(i));
      }
      return List.of(new TensorType(in.element(1), Parts.joined(in, parts, axis)));
    }

    @Override
    public Value formula(Expansion e) {
      List<Value> parts = new ArrayList<>();
      for (int i = 2; i < e.size(); i += 3) {
        parts.add(Fused.real(e.x(i), e.x(i + 1), e.x(i + 2)));
      }
      return Fused.quantized(Value.concat(axis, parts), e.x(0), e.x(1), e.element(1));
    }
  }

  /**
   * The standard's QuantizeLinear of before opset 21, with 16-bit integers.
   *
   * @param axis which axis a scale that is a vector goes along; 1 if absent
   */
  @Onnx(
      since = 1,
      from = 1,
      inputs = "x y_scale y_zero_point?",
      outputs = "y",
      domain = Contrib.DOMAIN)
  @NotDifferentiable("piecewise constant: the gradient is zero wherever it exists")
  record QuantizeLinear(@Default("") @Nullable Long axis) implements QuantizedArithmetic, Formula {
    private Quantizing.QuantizeLinear standard() {
      return new Quantizing.QuantizeLinear(null, null, 0, true, axis == null ? 1 : axis);
    }

    @Override
    public List<Type> infer(Inference in) {
      return standard().infer(in);
    }

    @Override
    public Value formula(Expansion e) {
      return Value.of(standard(), e.x(0), e.x(1), e.optional(2));
    }
  }

  /**
   * The standard's DequantizeLinear of before opset 21, with 16-bit integers.
   *
   * @param axis which axis a scale that is a vector goes along; 1 if absent
   */
  @Onnx(
      since = 1,
      from = 1,
      inputs = "x x_scale x_zero_point?",
      outputs = "y",
      domain = Contrib.DOMAIN)
  record DequantizeLinear(@Default("") @Nullable Long axis)
      implements QuantizedArithmetic, Formula {
    private Quantizing.DequantizeLinear standard() {
      return new Quantizing.DequantizeLinear(null, 0, axis == null ? 1 : axis);
    }

    @Override
    public List<Type> infer(Inference in) {
      return standard().infer(in);
    }

    @Override
    public Value formula(Expansion e) {
      return Value.of(standard(), e.x(0), e.x(1), e.optional(2));
    }
  }
}
