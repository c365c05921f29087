package dev.sardonyx.ir;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Type;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators that map each element of one tensor by itself. */
public sealed interface Unary extends Op
    permits Elementwise, Activation, Conversion, Gated, Thresholding, Trigonometry {
  /** The input's own type. */
  @Override
  default List<Type> infer(Inference in) {
    return List.of(in.type(0));
  }

  /** The gradient of the one input. */
  default @Nullable Value vjp(Pullback p) {
    throw new IllegalStateException(getClass().getSimpleName() + " has no gradient rule");
  }

  @Override
  default List<@Nullable Value> vjps(Pullback p) {
    return Collections.singletonList(vjp(p));
  }

  /** The elementwise methods of a {@link Value}. */
  sealed interface Methods permits Value {
    Value self();

    ElementType element();

    /** A scalar constant of this value's element type. */
    default Value scalar(double value) {
      return Value.scalar(element(), value);
    }

    default Value abs() {
      return Value.of(new Elementwise.Abs(), self());
    }

    default Value neg() {
      return Value.of(new Elementwise.Neg(), self());
    }

    default Value exp() {
      return Value.of(new Elementwise.Exp(), self());
    }

    default Value log() {
      return Value.of(new Elementwise.Log(), self());
    }

    default Value sqrt() {
      return Value.of(new Elementwise.Sqrt(), self());
    }

    /** x². */
    default Value square() {
      return self().mul(self());
    }

    default Value reciprocal() {
      return Value.of(new Elementwise.Reciprocal(), self());
    }

    default Value sin() {
      return Value.of(new Elementwise.Sin(), self());
    }

    default Value cos() {
      return Value.of(new Elementwise.Cos(), self());
    }

    default Value sign() {
      return Value.of(new Elementwise.Sign(), self());
    }

    default Value floor() {
      return Value.of(new Elementwise.Floor(), self());
    }

    default Value ceil() {
      return Value.of(new Elementwise.Ceil(), self());
    }

    /** Rounds halves to even. */
    default Value round() {
      return Value.of(new Elementwise.Round(), self());
    }

    default Value not() {
      return Value.of(new Elementwise.Not(), self());
    }

    /** This value as {@code to}; itself if it is of that type already. */
    default Value cast(ElementType to) {
      return element() == to ? self() : Value.of(new Elementwise.Cast(to), self());
    }

    default Value relu() {
      return Value.of(new Activation.Relu(), self());
    }

    default Value sigmoid() {
      return Value.of(new Activation.Sigmoid(), self());
    }

    default Value tanh() {
      return Value.of(new Activation.Tanh(), self());
    }

    default Value leakyRelu(float alpha) {
      return Value.of(new Activation.LeakyRelu(alpha), self());
    }

    default Value elu(float alpha) {
      return Value.of(new Activation.Elu(alpha), self());
    }

    default Value selu() {
      return Value.of(new Activation.Selu(), self());
    }

    default Value softplus() {
      return Value.of(new Activation.Softplus(), self());
    }
  }
}
