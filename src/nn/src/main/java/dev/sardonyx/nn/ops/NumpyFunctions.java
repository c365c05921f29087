package dev.sardonyx.nn.ops;

import static dev.sardonyx.nn.ops.Functions.of;

import dev.sardonyx.ir.Elementwise;
import dev.sardonyx.ir.Trigonometry;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;

/** Functions of each element of one tensor. */
final class NumpyFunctions {
  static final OpTable TABLE =
      new OpTable()
          .op("Abs(x)", c -> abs(c.x()))
          .op("Absolute(x)", c -> abs(c.x()))
          .op("Fabs(x)", c -> c.floating().abs())
          .op("Angle(x)", c -> angle(c.floating()))
          .op("Arccos(x)", c -> of(new Trigonometry.Acos(), c.floating()))
          .op("Arccosh(x)", c -> of(new Trigonometry.Acosh(), c.floating()))
          .op("Arcsin(x)", c -> of(new Trigonometry.Asin(), c.floating()))
          .op("Arcsinh(x)", c -> of(new Trigonometry.Asinh(), c.floating()))
          .op("Arctan(x)", c -> of(new Trigonometry.Atan(), c.floating()))
          .op("Arctanh(x)", c -> of(new Trigonometry.Atanh(), c.floating()))
          .op("BitwiseInvert(x)", c -> invert(c.x()))
          .op("BitwiseNot(x)", c -> invert(c.x()))
          .op("Cbrt(x)", c -> Functions.cbrt(Functions.wide(c.x())))
          .op("Ceil(x)", c -> c.floating().ceil())
          .op("Clip(x; x_min, x_max)", NumpyFunctions::clip)
          .op("Conj(x)", OpCall::x)
          .op("Conjugate(x)", OpCall::x)
          .op("Copy(x)", OpCall::x)
          .op("Cos(x)", c -> c.floating().cos())
          .op("Cosh(x)", c -> of(new Trigonometry.Cosh(), c.floating()))
          .op("Deg2rad(x)", c -> Functions.wide(c.x()).mul(Math.PI / 180))
          .op("Exp(x)", c -> c.floating().exp())
          .op("Exp2(x)", c -> Functions.exp2(c.floating()))
          .op("Expm1(x)", c -> Functions.expm1(c.floating()))
          .op("Floor(x)", c -> c.floating().floor())
          .op("I0(x)", c -> Bessel.i0(Functions.wide(c.x())))
          .op("Imag(x)", c -> c.x().zerosLike())
          .op("Isfinite(x)", c -> finite(c.x()))
          .op("Isinf(x)", c -> infinite(c.x(), true, true))
          .op("Isnan(x)", c -> nan(c.x()))
          .op("Isneginf(x)", c -> infinite(c.x(), true, false))
          .op("Isposinf(x)", c -> infinite(c.x(), false, true))
          .op("Isreal(x)", c -> always(c.x()))
          .op("Log(x)", c -> c.floating().log())
          .op("Log10(x)", c -> c.floating().log().mul(1 / Math.log(10)))
          .op("Log1p(x)", c -> Functions.log1p(c.floating()))
          .op("Log2(x)", c -> c.floating().log().mul(1 / Math.log(2)))
          .op("LogicalNot(x)", c -> Promotion.truth(c.x()).not())
          .op("NanToNum(x; nan=0.0, posinf=None, neginf=None)", NumpyFunctions::nanToNum)
          .op("Negative(x)", c -> c.x().neg())
          .op("Rad2deg(x)", c -> Functions.wide(c.x()).mul(180 / Math.PI))
          .op("Real(x)", OpCall::x)
          .op("Reciprocal(x)", c -> c.floating().reciprocal())
          .op("Round(x; decimals=0)", NumpyFunctions::round)
          .op("Sign(x)", c -> c.x().sign())
          .op("Signbit(x)", c -> signbit(c.x()))
          .op("Sin(x)", c -> c.floating().sin())
          .op("Sinc(x)", c -> sinc(c.floating()))
          .op("Sinh(x)", c -> of(new Trigonometry.Sinh(), c.floating()))
          .op("Sqrt(x)", c -> c.floating().sqrt())
          .op("Square(x)", c -> Promotion.counted(c.x()).square())
          .op("Tan(x)", c -> of(new Trigonometry.Tan(), c.floating()))
          .op("Tanh(x)", c -> c.floating().tanh())
          .op("Trunc(x)", c -> Functions.truncate(c.x()));

  private NumpyFunctions() {}

  private static Value abs(Value x) {
    return x.element() == ElementType.BOOL || x.element().isUnsigned() ? x : x.abs();
  }

  private static Value angle(Value x) {
    return x.lt(0).where(x.scalar(Math.PI), x.scalar(0));
  }

  private static Value invert(Value x) {
    return x.element() == ElementType.BOOL ? x.not() : of(new Elementwise.BitwiseNot(), x);
  }

  private static Value clip(OpCall call) {
    Value x = Promotion.counted(call.x());
    Value low = call.value("x_min").cast(x.element());
    return x.max(low).min(call.value("x_max").cast(x.element()));
  }

  /** Whether each element is not a number; no integer is. */
  static Value nan(Value x) {
    return x.element().isFloat() ? of(new Elementwise.IsNaN(), x) : always(x).not();
  }

  private static Value infinite(Value x, boolean negative, boolean positive) {
    return x.element().isFloat()
        ? of(new Elementwise.IsInf(negative, positive), x)
        : always(x).not();
  }

  private static Value finite(Value x) {
    return nan(x).or(infinite(x, true, true)).not();
  }

  private static Value always(Value x) {
    return x.cast(ElementType.BOOL).onesLike();
  }

  private static Value nanToNum(OpCall call) {
    Value x = call.x();
    if (!x.element().isFloat()) {
      return x;
    }
    double most =
        switch (x.element()) {
          case FLOAT16 -> 65504;
          case BFLOAT16 -> 3.3895313892515355e38;
          case FLOAT64 -> Double.MAX_VALUE;
          default -> Float.MAX_VALUE;
        };
    double high = call.has("posinf") ? call.number("posinf") : most;
    double low = call.has("neginf") ? call.number("neginf") : -most;
    Value known = nan(x).where(x.scalar(call.number("nan")), x);
    Value bounded = infinite(x, false, true).where(x.scalar(high), known);
    return infinite(x, true, false).where(x.scalar(low), bounded);
  }

  private static Value round(OpCall call) {
    Value x = call.x();
    long decimals = call.integer("decimals");
    if (!x.element().isFloat()) {
      if (decimals >= 0) {
        return x;
      }
      double unit = Math.pow(10, -decimals);
      return x.cast(ElementType.FLOAT64).div(unit).round().mul(unit).cast(x.element());
    }
    double unit = Math.pow(10, Math.abs(decimals));
    return decimals == 0
        ? x.round()
        : decimals > 0 ? x.mul(unit).round().div(unit) : x.div(unit).round().mul(unit);
  }

  /** Of -0 the reciprocal tells. */
  private static Value signbit(Value x) {
    return x.element().isFloat()
        ? x.lt(0).or(x.eq(0).and(x.reciprocal().lt(0)))
        : x.element().isInteger() ? x.lt(0) : always(x).not();
  }

  private static Value sinc(Value x) {
    Value angle = x.mul(Math.PI);
    Value one = x.eq(0).where(x.scalar(1), angle);
    return x.eq(0).where(x.scalar(1), one.sin().div(one));
  }
}
