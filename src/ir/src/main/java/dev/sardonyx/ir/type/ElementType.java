package dev.sardonyx.ir.type;

import java.util.Locale;

/** The element types of ONNX, each with the number that files use for it. */
public enum ElementType {
  FLOAT32(1, 32, Kind.FLOAT),
  UINT8(2, 8, Kind.UNSIGNED),
  INT8(3, 8, Kind.SIGNED),
  UINT16(4, 16, Kind.UNSIGNED),
  INT16(5, 16, Kind.SIGNED),
  INT32(6, 32, Kind.SIGNED),
  INT64(7, 64, Kind.SIGNED),
  STRING(8, 0, Kind.OTHER),
  BOOL(9, 8, Kind.OTHER),
  FLOAT16(10, 16, Kind.FLOAT),
  FLOAT64(11, 64, Kind.FLOAT),
  UINT32(12, 32, Kind.UNSIGNED),
  UINT64(13, 64, Kind.UNSIGNED),
  COMPLEX64(14, 64, Kind.OTHER),
  COMPLEX128(15, 128, Kind.OTHER),
  BFLOAT16(16, 16, Kind.FLOAT),
  FLOAT8E4M3FN(17, 8, Kind.SMALL_FLOAT),
  FLOAT8E4M3FNUZ(18, 8, Kind.SMALL_FLOAT),
  FLOAT8E5M2(19, 8, Kind.SMALL_FLOAT),
  FLOAT8E5M2FNUZ(20, 8, Kind.SMALL_FLOAT),
  UINT4(21, 4, Kind.UNSIGNED),
  INT4(22, 4, Kind.SIGNED),
  FLOAT4E2M1(23, 4, Kind.SMALL_FLOAT),
  FLOAT8E8M0(24, 8, Kind.SMALL_FLOAT),
  UINT2(25, 2, Kind.UNSIGNED),
  INT2(26, 2, Kind.SIGNED);

  private enum Kind {
    FLOAT,
    SMALL_FLOAT,
    SIGNED,
    UNSIGNED,
    OTHER
  }

  private final int code;
  private final int bits;
  private final Kind kind;
  private final String text;

  ElementType(int code, int bits, Kind kind) {
    this.code = code;
    this.bits = bits;
    this.kind = kind;
    this.text = name().toLowerCase(Locale.ROOT);
  }

  /** The number of this type in {@code TensorProto.DataType}. */
  public int code() {
    return code;
  }

  /**
   * Bits of one element; 0 for strings, which have no fixed size. Types below 8 bits are packed.
   */
  public int bits() {
    return bits;
  }

  /** Types that arithmetic and gradients are defined on: 16, 32 and 64 bit floats. */
  public boolean isFloat() {
    return kind == Kind.FLOAT;
  }

  /** Storage-only floats of 8 and 4 bits. */
  public boolean isSmallFloat() {
    return kind == Kind.SMALL_FLOAT;
  }

  public boolean isInteger() {
    return kind == Kind.SIGNED || kind == Kind.UNSIGNED;
  }

  public boolean isUnsigned() {
    return kind == Kind.UNSIGNED;
  }

  public boolean isNumeric() {
    return isFloat() || isInteger();
  }

  /**
   * Bytes that {@code count} elements occupy, packed. Overflow throws {@link ArithmeticException}.
   */
  public long bytesFor(long count) {
    return Math.addExact(Math.multiplyExact(count, (long) bits), 7) / 8;
  }

  /** The type with this ONNX number, or an {@link IllegalArgumentException}. */
  public static ElementType ofCode(int code) {
    for (ElementType type : values()) {
      if (type.code == code) {
        return type;
      }
    }
    throw new IllegalArgumentException("no element type has the number " + code);
  }

  /** The name in text: {@code float32}, {@code int64}, … */
  @Override
  public String toString() {
    return text;
  }

  /** The type with this {@link #toString name}, or an {@link IllegalArgumentException}. */
  public static ElementType parse(String name) {
    try {
      return valueOf(name.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("there is no element type \"" + name + "\"", e);
    }
  }
}
