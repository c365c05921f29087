package dev.sardonyx.ir;

import dev.sardonyx.ir.type.ElementType;
import java.util.function.BinaryOperator;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Integers taken apart into bits, for what has no operators on bits. */
final class Bits {
  /** ONNX Runtime adds int64 in double precision, where sums of more bits are not exact. */
  private static final int HALF = 32;

  private Bits() {}

  /**
   * What a formula makes of each pair of bits.
   *
   * @param formula of int64 tensors of zeros and ones
   */
  static @Nullable Value combined(Expansion e, BinaryOperator<Value> formula) {
    if (!e.shape(0).isRanked() || !e.shape(1).isRanked()) {
      return null;
    }
    int rank = Math.max(e.shape(0).rank(), e.shape(1).rank());
    int bits = e.element(0).bits();
    Value result = formula.apply(of(e.x(0), bits), of(e.x(1), bits));
    Value number = number(result, rank, 0, Math.min(bits, HALF));
    if (bits > HALF) {
      number = number.add(number(result, rank, HALF, bits).mul(0x1p32));
    }
    return number.cast(e.element(0));
  }

  /** The number that the bits from one to another make along an axis. */
  private static Value number(Value bits, int axis, int from, int to) {
    Value places = Value.longs(LongStream.range(0, to - from).map(i -> 1L << i).toArray());
    return bits.slice(axis, from, to).mul(places).sum(false, axis);
  }

  /** The bits of each element along a new last axis, the lowest first. */
  private static Value of(Value x, int bits) {
    Value places = Value.longs(LongStream.range(0, bits).toArray()).cast(ElementType.UINT64);
    Value spread = x.cast(ElementType.UINT64).unsqueeze(x.shape().rank());
    Value shifted = Value.of(new Bitwise.BitShift(Bitwise.Direction.RIGHT), spread, places);
    Value lowest = Value.of(new Arithmetic.Mod(false), shifted, shifted.scalar(2));
    return lowest.cast(ElementType.INT64);
  }
}
