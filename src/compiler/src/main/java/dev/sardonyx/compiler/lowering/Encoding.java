package dev.sardonyx.compiler.lowering;

import static dev.sardonyx.ir.type.ElementType.FLOAT32;
import static dev.sardonyx.ir.type.ElementType.INT32;
import static dev.sardonyx.ir.type.ElementType.UINT8;

import dev.sardonyx.ir.Arithmetic;
import dev.sardonyx.ir.Elementwise;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.SmallFloat;
import dev.sardonyx.ir.type.SmallFloat.Rounding;
import dev.sardonyx.ir.type.Tensor;

/**
 * The codes of numbers in a type of at most eight bits.
 *
 * <p>An integer is the lowest bits of the number without its fraction. For a float the rank is
 * found by halving: eight comparisons with the least magnitudes that are rounded to a rank, each
 * looked up in a table. So rounding, saturation and what lies beyond are data ({@link
 * SmallFloat#thresholds}), and exact.
 */
final class Encoding {
  private Encoding() {}

  /**
   * @param saturate whether what is too great becomes the greatest number
   * @param rounding how float8e8m0 is rounded; the others always to the nearest
   */
  static Value encode(Value numbers, ElementType to, boolean saturate, Rounding rounding) {
    return to.isSmallFloat()
        ? floats(numbers, SmallFloat.of(to), saturate, rounding)
        : integers(numbers, to);
  }

  private static Value integers(Value numbers, ElementType to) {
    Value whole = numbers.cast(INT32);
    long size = 1L << to.bits();
    // x - size · floor(x / size), which is x's lowest bits whatever its sign.
    return Value.of(new Arithmetic.Mod(false), whole, whole.scalar(size)).cast(UINT8);
  }

  private static Value floats(
      Value numbers, SmallFloat format, boolean saturate, Rounding rounding) {
    // From float64 by way of float32, as in the standard's reference.
    Value x = numbers.element() == FLOAT32 ? numbers : numbers.cast(FLOAT32);
    Rounding used = format.isSigned() ? Rounding.NEAREST : rounding;
    Value rank = rank(x.abs(), Tensor.of(format.thresholds(used, saturate)));
    Value code = format.isSigned() ? signed(x, rank, format) : rank;
    Value missing = Value.of(new Elementwise.IsNaN(), x);
    if (!format.isSigned() && !saturate) {
      missing = missing.or(x.abs().lt(format.value(0)));
    }
    return missing.where(code.scalar(format.nan()), code).cast(UINT8);
  }

  /** The greatest rank whose threshold is not above the magnitude, bit by bit from the highest. */
  private static Value rank(Value magnitude, Tensor thresholds) {
    Value table = Value.constant(thresholds);
    int highest = Integer.highestOneBit(last(thresholds));
    Value first = magnitude.scalar(thresholds.getDouble(highest));
    Value rank = magnitude.ge(first).cast(INT32).mul(highest);
    for (int bit = highest / 2; bit > 0; bit /= 2) {
      Value candidate = rank.add(bit);
      Value reached = magnitude.ge(table.gather(candidate, 0));
      rank = rank.add(reached.cast(INT32).mul(bit));
    }
    return rank;
  }

  /** The greatest rank that anything is rounded to. */
  private static int last(Tensor thresholds) {
    int last = (int) thresholds.size() - 1;
    while (Double.isNaN(thresholds.getDouble(last))) {
      last--;
    }
    return last;
  }

  private static Value signed(Value x, Value rank, SmallFloat format) {
    // -0 is not less than 0, but its reciprocal is.
    Value negative = x.lt(0).or(x.reciprocal().lt(0));
    if (format.isUnsignedZero()) {
      // Neither zero nor what is not a number has a sign.
      negative = negative.and(rank.gt(0)).and(rank.lt(format.signBit()));
    }
    return rank.add(negative.cast(INT32).mul(format.signBit()));
  }
}
