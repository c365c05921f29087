package dev.sardonyx.ir;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;

/** Operators on elements of several tensors, which broadcast by NumPy's rule. */
public sealed interface Broadcasting extends Op, Broadcasts
    permits Arithmetic, Comparison, Bitwise, Summation, ParametricActivation {
  /** The inputs' common element type, the shape that they broadcast to. */
  @Override
  default List<Type> infer(Inference in) {
    return List.of(new TensorType(in.element(0), in.broadcast(0)));
  }

  /** The methods of a {@link Value} that combine it with another; a number is a scalar constant. */
  sealed interface Methods permits Value {
    Value self();

    ElementType element();

    default Value add(Value other) {
      return Value.of(new Arithmetic.Add(), self(), other);
    }

    default Value add(double other) {
      return add(Value.scalar(element(), other));
    }

    default Value sub(Value other) {
      return Value.of(new Arithmetic.Sub(), self(), other);
    }

    default Value sub(double other) {
      return sub(Value.scalar(element(), other));
    }

    default Value mul(Value other) {
      return Value.of(new Arithmetic.Mul(), self(), other);
    }

    default Value mul(double other) {
      return mul(Value.scalar(element(), other));
    }

    default Value div(Value other) {
      return Value.of(new Arithmetic.Div(), self(), other);
    }

    default Value div(double other) {
      return div(Value.scalar(element(), other));
    }

    default Value pow(Value exponent) {
      return Value.of(new Arithmetic.Pow(), self(), exponent);
    }

    default Value pow(double exponent) {
      return pow(Value.scalar(element(), exponent));
    }

    /** The elementwise maximum. */
    default Value max(Value other) {
      return Value.of(new Arithmetic.Max(), self(), other);
    }

    default Value max(double other) {
      return max(Value.scalar(element(), other));
    }

    /** The elementwise minimum. */
    default Value min(Value other) {
      return Value.of(new Arithmetic.Min(), self(), other);
    }

    default Value min(double other) {
      return min(Value.scalar(element(), other));
    }

    /** Each element moved into {@code [min, max]}. */
    default Value clip(double min, double max) {
      return Value.of(
          new Arithmetic.Clip(),
          self(),
          Value.scalar(element(), min),
          Value.scalar(element(), max));
    }

    default Value eq(Value other) {
      return Value.of(new Comparison.Equal(), self(), other);
    }

    default Value eq(double other) {
      return eq(Value.scalar(element(), other));
    }

    default Value gt(Value other) {
      return Value.of(new Comparison.Greater(), self(), other);
    }

    default Value gt(double other) {
      return gt(Value.scalar(element(), other));
    }

    default Value ge(Value other) {
      return Value.of(new Comparison.GreaterOrEqual(), self(), other);
    }

    default Value ge(double other) {
      return ge(Value.scalar(element(), other));
    }

    default Value lt(Value other) {
      return Value.of(new Comparison.Less(), self(), other);
    }

    default Value lt(double other) {
      return lt(Value.scalar(element(), other));
    }

    default Value le(Value other) {
      return Value.of(new Comparison.LessOrEqual(), self(), other);
    }

    default Value le(double other) {
      return le(Value.scalar(element(), other));
    }

    default Value and(Value other) {
      return Value.of(new Comparison.And(), self(), other);
    }

    default Value or(Value other) {
      return Value.of(new Comparison.Or(), self(), other);
    }

    default Value xor(Value other) {
      return Value.of(new Comparison.Xor(), self(), other);
    }

    /** Where this boolean holds, {@code then}, else {@code otherwise}. */
    default Value where(Value then, Value otherwise) {
      return Value.of(new Comparison.Where(), self(), then, otherwise);
    }
  }
}
