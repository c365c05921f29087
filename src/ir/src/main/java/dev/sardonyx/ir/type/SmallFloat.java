package dev.sardonyx.ir.type;

import java.util.Arrays;

/**
 * The floats of 8 and 4 bits: what number each code stands for, and which code a number is rounded
 * to.
 *
 * <p>Formats are those of the standard's {@code float8e4m3fn}, … (OCP 8-bit and microscaling
 * formats, and the variants without infinity and negative zero, FNUZ). A code without its sign bit
 * is a rank: greater ranks stand for greater magnitudes.
 */
public final class SmallFloat {
  /** How a number between two codes is rounded. */
  public enum Rounding {
    /** To the nearest; halves to the even code, or up where there is no significand. */
    NEAREST,
    UP,
    DOWN;
  }

  private final ElementType type;
  private final int significand;
  private final int bias;

  private SmallFloat(ElementType type, int significand, int bias) {
    this.type = type;
    this.significand = significand;
    this.bias = bias;
  }

  /** The format of a type of 8 or 4 bit floats; an {@link IllegalArgumentException} for another. */
  public static SmallFloat of(ElementType type) {
    return switch (type) {
      case FLOAT8E4M3FN -> new SmallFloat(type, 3, 7);
      case FLOAT8E4M3FNUZ -> new SmallFloat(type, 3, 8);
      case FLOAT8E5M2 -> new SmallFloat(type, 2, 15);
      case FLOAT8E5M2FNUZ -> new SmallFloat(type, 2, 16);
      case FLOAT4E2M1 -> new SmallFloat(type, 1, 1);
      case FLOAT8E8M0 -> new SmallFloat(type, 0, 127);
      default -> throw new IllegalArgumentException(type + " is no float of 8 or 4 bits");
    };
  }

  /** Whether the highest bit of a code is a sign. */
  public boolean isSigned() {
    return type != ElementType.FLOAT8E8M0;
  }

  /** Whether the code of -0 is not a number, so that zero has one code only. */
  public boolean isUnsignedZero() {
    return type == ElementType.FLOAT8E4M3FNUZ || type == ElementType.FLOAT8E5M2FNUZ;
  }

  /** The bit of the sign, where there is one. */
  public int signBit() {
    return 1 << type.bits() - 1;
  }

  /** The rank of the greatest finite number. */
  public int greatest() {
    return switch (type) {
      case FLOAT8E4M3FN -> 0x7E;
      case FLOAT8E5M2 -> 0x7B;
      case FLOAT8E8M0 -> 0xFE;
      default -> signBit() - 1;
    };
  }

  /**
   * The code for what is not a number. float4e2m1 has none: there it is -0, as in the standard's
   * reference.
   */
  public int nan() {
    return switch (type) {
      case FLOAT8E5M2 -> 0x7E;
      case FLOAT8E4M3FN -> 0x7F;
      case FLOAT8E8M0 -> 0xFF;
      default -> signBit();
    };
  }

  /** The number that a code stands for: an exact float32. */
  public float value(int code) {
    boolean negative = isSigned() && (code & signBit()) != 0;
    if (negative && isUnsignedZero() && code == signBit()) {
      return Float.NaN;
    }
    int rank = negative ? code - signBit() : code;
    if (rank > greatest() && type != ElementType.FLOAT4E2M1) {
      boolean infinite = type == ElementType.FLOAT8E5M2 && rank == greatest() + 1;
      return infinite ? negative ? Float.NEGATIVE_INFINITY : Float.POSITIVE_INFINITY : Float.NaN;
    }
    float magnitude = (float) magnitude(rank);
    return negative ? -magnitude : magnitude;
  }

  /** What a rank stands for, and what the one after the greatest would. */
  private double magnitude(int rank) {
    int exponent = rank >> significand;
    int fraction = rank & (1 << significand) - 1;
    if (significand > 0 && exponent == 0) {
      return Math.scalb((double) fraction, 1 - bias - significand);
    }
    return Math.scalb((double) (fraction + (1 << significand)), exponent - bias - significand);
  }

  /**
   * For each rank the least float32 that is rounded to it or to a greater one; NaN for ranks that
   * nothing is rounded to, such as 0.
   *
   * <p>Without saturation the rank after the greatest stands for what is too great: infinity where
   * there is one, else not a number. float4e2m1, which has neither, always saturates.
   *
   * @return one for each code, of which those with a sign are NaN, too
   */
  public float[] thresholds(Rounding rounding, boolean saturate) {
    int codes = 1 << type.bits();
    float[] least = new float[codes];
    Arrays.fill(least, Float.NaN);
    boolean cut = saturate || type == ElementType.FLOAT4E2M1;
    int last = cut ? greatest() : greatest() + 1;
    for (int rank = 1; rank <= Math.min(last, codes - 1); rank++) {
      least[rank] = threshold(rank, rounding);
    }
    return least;
  }

  private float threshold(int rank, Rounding rounding) {
    double below = magnitude(rank - 1);
    double here = magnitude(rank);
    return switch (rounding) {
      case DOWN -> (float) here;
      case UP -> Math.nextUp((float) below);
      case NEAREST -> {
        float half = (float) (below + (here - below) / 2);
        yield significand == 0 || rank % 2 == 0 ? half : Math.nextUp(half);
      }
    };
  }

  /** The code of a number, rounded to the nearest and cut off at the greatest. */
  int encode(float value) {
    if (Float.isNaN(value)) {
      return nan();
    }
    float magnitude = Math.abs(value);
    int rank = 0;
    while (rank < greatest() && magnitude >= threshold(rank + 1, Rounding.NEAREST)) {
      rank++;
    }
    boolean negative = isSigned() && Float.floatToRawIntBits(value) < 0;
    return negative && !(rank == 0 && isUnsignedZero()) ? rank | signBit() : rank;
  }
}
