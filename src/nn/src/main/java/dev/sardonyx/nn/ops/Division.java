package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Arithmetic;
import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/** Quotients and remainders as Python has them. */
final class Division {
  private Division() {}

  static Value orZero(Value a, Value b) {
    Value none = b.eq(0);
    Value quotient = a.div(none.where(b.scalar(1), b));
    return none.where(quotient.scalar(0), quotient);
  }

  /** Integers divided by 0 give 0, because a processor would stop. */
  private static Value divisor(Value b) {
    return b.element().isFloat() ? b : b.eq(0).where(b.scalar(1), b);
  }

  /** a / b rounded down. */
  static Value floor(Value a, Value b) {
    if (a.element().isFloat()) {
      return a.div(b).floor();
    }
    Value safe = divisor(b);
    Value quotient = a.sub(modulo(a, b)).div(safe);
    return b.eq(0).where(quotient.scalar(0), quotient);
  }

  /** What is left over, with the sign of b. */
  static Value modulo(Value a, Value b) {
    if (!a.element().isFloat()) {
      return Value.of(new Arithmetic.Mod(false), a, divisor(b));
    }
    Value rest = Value.of(new Arithmetic.Mod(true), a, b);
    Value other = rest.eq(0).not().and(rest.lt(0).xor(b.lt(0)));
    return other.where(rest.add(b), rest);
  }

  /** What is left over, with the sign of a. */
  static Value remainder(Value a, Value b) {
    return Value.of(new Arithmetic.Mod(true), a, divisor(b));
  }

  /** The greatest common divisor, by Euclid. */
  static Value gcd(Value a, Value b) {
    Value wide = a.abs().add(b.abs().mul(0));
    Value other = b.abs().add(a.abs().mul(0));
    List<Value> last =
        ControlFlow.loop(
            Value.constant(Tensor.scalar(93L)),
            null,
            List.of(wide, other),
            (i, state) -> step(state.get(0), state.get(1)));
    return last.get(0);
  }

  private static Turn step(Value a, Value b) {
    Value done = b.eq(0);
    Value rest = modulo(a, b);
    return Turn.of(done.where(a, b), done.where(b, rest));
  }

  static Value lcm(Value a, Value b) {
    return floor(a, gcd(a, b)).mul(b).abs();
  }
}
