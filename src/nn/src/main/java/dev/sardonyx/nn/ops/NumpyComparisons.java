package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Bitwise;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.List;
import java.util.function.BinaryOperator;

/** Comparisons, logic and bits. */
final class NumpyComparisons {
  private static final String CLOSE = "; equal_nan=False)";

  static final OpTable TABLE =
      new OpTable()
          .op("Equal(x1, x2)", c -> compare(c, NumpyComparisons::equal))
          .op("NotEqual(x1, x2)", c -> compare(c, NumpyComparisons::equal).not())
          .op("Greater(x1, x2)", c -> compare(c, (a, b) -> counted(a).gt(counted(b))))
          .op("GreaterEqual(x1, x2)", c -> compare(c, (a, b) -> counted(a).ge(counted(b))))
          .op("Less(x1, x2)", c -> compare(c, (a, b) -> counted(a).lt(counted(b))))
          .op("LessEqual(x1, x2)", c -> compare(c, (a, b) -> counted(a).le(counted(b))))
          .op("LogicalAnd(x1, x2)", c -> logic(c, Value::and))
          .op("LogicalOr(x1, x2)", c -> logic(c, Value::or))
          .op("LogicalXor(x1, x2)", c -> logic(c, Value::xor))
          .op("Isclose(x1, x2, rtol=1e-05, atol=1e-08" + CLOSE, NumpyComparisons::close)
          .op(
              "AllClose(x1, x2; rtol=1e-05, atol=1e-08, equal_nan=False)",
              c -> NumpyReductions.every(close(c)))
          .op("BitwiseAnd(x, y)", c -> bits(c, Value::and, new Bitwise.BitwiseAnd()))
          .op("BitwiseOr(x, y)", c -> bits(c, Value::or, new Bitwise.BitwiseOr()))
          .op("BitwiseXor(x, y)", c -> bits(c, Value::xor, new Bitwise.BitwiseXor()))
          .op("BitwiseLeftShift(x, y)", NumpyComparisons::left)
          .op("LeftShift(x, y)", NumpyComparisons::left)
          .op("BitwiseRightShift(x, y)", NumpyComparisons::right)
          .op("RightShift(x, y)", NumpyComparisons::right);

  private NumpyComparisons() {}

  private static Value counted(Value x) {
    return Promotion.counted(x);
  }

  private static Value compare(OpCall call, BinaryOperator<Value> function) {
    List<Value> pair = call.pair("x1", "x2");
    return function.apply(pair.get(0), pair.get(1));
  }

  private static Value equal(Value a, Value b) {
    return a.eq(b);
  }

  private static Value logic(OpCall call, BinaryOperator<Value> function) {
    return function.apply(Promotion.truth(call.value("x1")), Promotion.truth(call.value("x2")));
  }

  private static Value close(OpCall call) {
    List<Value> pair = call.floatingPair("x1", "x2");
    Value a = pair.get(0);
    Value b = pair.get(1);
    Value allowed = b.abs().mul(call.number("rtol")).add(call.number("atol"));
    Value finite =
        a.sub(b).abs().lt(Double.POSITIVE_INFINITY).and(b.abs().lt(Double.POSITIVE_INFINITY));
    Value close = a.eq(b).or(a.sub(b).abs().le(allowed).and(finite));
    return call.flag("equal_nan")
        ? close.or(NumpyFunctions.nan(a).and(NumpyFunctions.nan(b)))
        : close;
  }

  private static Value bits(OpCall call, BinaryOperator<Value> truth, Op op) {
    List<Value> pair = call.pair("x", "y");
    Value a = pair.get(0);
    return a.element() == ElementType.BOOL
        ? truth.apply(a, pair.get(1))
        : Value.of(op, a, pair.get(1));
  }

  /** x · 2ʸ, without what does not fit. */
  private static Value left(OpCall call) {
    List<Value> pair = shiftable(call);
    Value x = pair.get(0);
    Value factor = power(pair.get(1));
    return x.cast(ElementType.INT64).mul(factor).cast(x.element());
  }

  /** x / 2ʸ rounded down. */
  private static Value right(OpCall call) {
    List<Value> pair = shiftable(call);
    Value x = pair.get(0);
    return Division.floor(x.cast(ElementType.INT64), power(pair.get(1))).cast(x.element());
  }

  private static List<Value> shiftable(OpCall call) {
    List<Value> pair = call.pair("x", "y");
    if (!pair.get(0).element().isInteger() || pair.get(0).element() == ElementType.UINT64) {
      throw call.refuse("shifts integers, got " + pair.get(0).element(), "cast the input to int32");
    }
    return pair;
  }

  private static Value power(Value y) {
    Value wide = y.cast(ElementType.FLOAT64);
    return Functions.exp2(wide).cast(ElementType.INT64);
  }
}
