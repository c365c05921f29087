package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Arithmetic;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.List;
import java.util.function.BinaryOperator;

/** Arithmetic on two tensors. */
final class NumpyArithmetic {
  static final OpTable TABLE =
      new OpTable()
          .op("Add(x1, x2)", c -> apply(c.pair("x1", "x2"), Value::or, Value::add))
          .op("Subtract(x1, x2)", c -> apply(c.pair("x1", "x2"), Value::xor, Value::sub))
          .op("Multiply(x1, x2)", c -> apply(c.pair("x1", "x2"), Value::and, Value::mul))
          .op("Maximum(x1, x2)", c -> apply(c.pair("x1", "x2"), Value::or, Value::max))
          .op("Minimum(x1, x2)", c -> apply(c.pair("x1", "x2"), Value::and, Value::min))
          .op("Fmax(x1, x2)", c -> ignoringNan(c, Value::or, Value::max))
          .op("Fmin(x1, x2)", c -> ignoringNan(c, Value::and, Value::min))
          .op("Divide(x1, x2)", c -> apply(c.floatingPair("x1", "x2"), Value::div))
          .op("TrueDivide(x1, x2)", c -> apply(c.floatingPair("x1", "x2"), Value::div))
          .op("DivideNoNan(x1, x2)", c -> apply(c.floatingPair("x1", "x2"), Division::orZero))
          .op("FloorDivide(x1, x2)", c -> apply(counted(c), Division::floor))
          .op("Mod(x1, x2)", c -> apply(counted(c), Division::modulo))
          .op("Fmod(x1, x2)", c -> apply(counted(c), Division::remainder))
          .op("Power(x1, x2)", c -> apply(counted(c), Value::pow))
          .op("Hypot(x1, x2)", c -> apply(wide(c), NumpyArithmetic::hypot))
          .op("Arctan2(x1, x2)", c -> apply(c.floatingPair("x1", "x2"), Angles::arctan2))
          .op("Logaddexp(x1, x2)", c -> apply(c.floatingPair("x1", "x2"), NumpyArithmetic::logAdd))
          .op(
              "Logaddexp2(x1, x2)",
              c -> apply(c.floatingPair("x1", "x2"), NumpyArithmetic::logAdd2))
          .op("Heaviside(x1, x2)", c -> apply(wide(c), NumpyArithmetic::heaviside))
          .op("Ldexp(x1, x2)", c -> apply(c.floatingPair("x1", "x2"), NumpyArithmetic::ldexp))
          .op("Gcd(x1, x2)", c -> apply(counted(c), Division::gcd))
          .op("Lcm(x1, x2)", c -> apply(counted(c), Division::lcm))
          .op("Nextafter(x1, x2)", NumpyArithmetic::nextafter);

  private NumpyArithmetic() {}

  private static Value apply(List<Value> pair, BinaryOperator<Value> function) {
    return function.apply(pair.get(0), pair.get(1));
  }

  private static Value apply(
      List<Value> pair, BinaryOperator<Value> truth, BinaryOperator<Value> function) {
    return apply(pair, pair.get(0).element() == ElementType.BOOL ? truth : function);
  }

  private static List<Value> counted(OpCall call) {
    return call.pair("x1", "x2").stream().map(Promotion::counted).toList();
  }

  private static List<Value> wide(OpCall call) {
    return call.pair("x1", "x2").stream().map(Functions::wide).toList();
  }

  private static Value ignoringNan(
      OpCall call, BinaryOperator<Value> truth, BinaryOperator<Value> function) {
    List<Value> pair = call.pair("x1", "x2");
    Value a = pair.get(0);
    Value b = pair.get(1);
    return a.element().isFloat()
        ? function.apply(NumpyFunctions.nan(a).where(b, a), NumpyFunctions.nan(b).where(a, b))
        : apply(pair, truth, function);
  }

  private static Value hypot(Value a, Value b) {
    Value long1 = a.abs().max(b.abs());
    Value short1 = a.abs().min(b.abs());
    Value divisor = long1.eq(0).where(long1.scalar(1), long1);
    return long1.mul(short1.div(divisor).square().add(1).sqrt());
  }

  /** ln(eᵃ + eᵇ). */
  static Value logAdd(Value a, Value b) {
    Value apart = Value.of(new Arithmetic.Sub(), a, b).abs().neg();
    Value sum = a.max(b).add(Functions.log1p(apart.exp()));
    // Infinities of one sign have no distance.
    return a.eq(b).where(a.add(Math.log(2)), sum);
  }

  private static Value logAdd2(Value a, Value b) {
    double unit = Math.log(2);
    return logAdd(a.mul(unit), b.mul(unit)).div(unit);
  }

  private static Value heaviside(Value x, Value atZero) {
    return x.eq(0).where(atZero, x.gt(0).cast(x.element()));
  }

  private static Value ldexp(Value x, Value exponent) {
    return x.mul(Functions.exp2(exponent));
  }

  /** One unit of the 24 binary digits of float32 further. */
  private static Value nextafter(OpCall call) {
    List<Value> pair = call.floatingPair("x1", "x2");
    Value from = pair.get(0);
    if (from.element() != ElementType.FLOAT32) {
      throw call.refuse("works on float32, got " + from.element(), "cast the inputs to float32");
    }
    Value x = from.cast(ElementType.FLOAT64);
    Value y = pair.get(1).cast(ElementType.FLOAT64);
    Value size = x.abs().max(Float.MIN_NORMAL);
    Value guess = Functions.exp2(size.log().div(Math.log(2)).floor());
    Value power = guess.gt(size).where(guess.mul(0.5), guess);
    Value exact = size.ge(power.mul(2)).where(power.mul(2), power);
    Value unit = exact.mul(Math.scalb(1.0, -23));
    Value inwards = y.gt(x).xor(x.gt(0)).and(x.abs().eq(exact)).and(exact.gt(Float.MIN_NORMAL));
    Value step = inwards.where(unit.mul(0.5), unit).mul(y.sub(x).sign());
    Value next = x.eq(y).where(y, x.add(step));
    Value unknown = NumpyFunctions.nan(x).or(NumpyFunctions.nan(y));
    return unknown.where(x.add(y), next).cast(ElementType.FLOAT32);
  }
}
