package dev.sardonyx.ir.type;

import java.nio.ByteBuffer;

/** Reads and writes one number of any element type in a little-endian buffer. */
final class Numbers {
  private Numbers() {}

  static boolean isReadable(ElementType type) {
    return type.isNumeric() || type.isSmallFloat() || type == ElementType.BOOL;
  }

  static double get(ElementType type, ByteBuffer data, int i) {
    return switch (type) {
      case FLOAT32 -> data.getFloat(4 * i);
      case FLOAT64 -> data.getDouble(8 * i);
      case FLOAT16 -> halfToFloat(data.getShort(2 * i));
      case BFLOAT16 -> Float.intBitsToFloat(data.getShort(2 * i) << 16);
      case UINT64 -> unsigned(data.getLong(8 * i));
      case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT4E2M1, FLOAT8E8M0 ->
          Codes.value(type, Codes.get(type, data, i));
      default -> getInteger(type, data, i);
    };
  }

  static long getInteger(ElementType type, ByteBuffer data, int i) {
    return switch (type) {
      case INT64, UINT64 -> data.getLong(8 * i);
      case INT32 -> data.getInt(4 * i);
      case UINT32 -> data.getInt(4 * i) & 0xFFFFFFFFL;
      case INT16 -> data.getShort(2 * i);
      case UINT16 -> data.getShort(2 * i) & 0xFFFF;
      case INT8 -> data.get(i);
      case UINT8, BOOL -> data.get(i) & 0xFF;
      case UINT4, INT4, UINT2, INT2 -> (long) Codes.value(type, Codes.get(type, data, i));
      default -> throw unreadable(type);
    };
  }

  static void put(ElementType type, ByteBuffer data, int i, double value) {
    switch (type) {
      case FLOAT32 -> data.putFloat(4 * i, (float) value);
      case FLOAT64 -> data.putDouble(8 * i, value);
      case FLOAT16 -> data.putShort(2 * i, floatToHalf((float) value));
      case BFLOAT16 -> data.putShort(2 * i, floatToBfloat((float) value));
      case INT64 -> data.putLong(8 * i, (long) value);
      case UINT64 -> data.putLong(8 * i, unsigned(value));
      case INT32, UINT32 -> data.putInt(4 * i, (int) (long) value);
      case INT16, UINT16 -> data.putShort(2 * i, (short) (long) value);
      case INT8, UINT8 -> data.put(i, (byte) (long) value);
      case BOOL -> data.put(i, (byte) (value != 0 ? 1 : 0));
      case UINT4, INT4, UINT2, INT2 -> Codes.put(type, data, i, (int) value);
      case FLOAT8E4M3FN, FLOAT8E4M3FNUZ, FLOAT8E5M2, FLOAT8E5M2FNUZ, FLOAT4E2M1, FLOAT8E8M0 ->
          Codes.put(type, data, i, SmallFloat.of(type).encode((float) value));
      default -> throw unreadable(type);
    }
  }

  private static double unsigned(long bits) {
    // Halved it is positive; the lost bit only matters for rounding, and is kept for that.
    return bits >= 0 ? bits : 2.0 * (bits >>> 1 | bits & 1);
  }

  private static long unsigned(double value) {
    return value < 0x1p63 ? (long) value : (long) (value - 0x1p63) + Long.MIN_VALUE;
  }

  private static IllegalStateException unreadable(ElementType type) {
    return new IllegalStateException("elements of type " + type + " cannot be read as numbers");
  }

  /** Round to nearest even; NaN stays NaN. */
  private static short floatToBfloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    if (Float.isNaN(value)) {
      return (short) (bits >>> 16 | 0x40);
    }
    return (short) (bits + 0x7FFF + (bits >>> 16 & 1) >>> 16);
  }

  // Float.float16ToFloat is Java 20; these are IEEE 754 binary16 by its definition.
  private static float halfToFloat(short half) {
    int exponent = half >>> 10 & 0x1F;
    int fraction = half & 0x3FF;
    float magnitude =
        switch (exponent) {
          case 0 -> Math.scalb((float) fraction, -24);
          case 31 -> fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN;
          default -> Math.scalb((float) (fraction | 0x400), exponent - 25);
        };
    return half < 0 ? -magnitude : magnitude;
  }

  private static short floatToHalf(float value) {
    int sign = Float.floatToRawIntBits(value) >>> 16 & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7E00);
    }
    if (magnitude >= 65520f) {
      return (short) (sign | 0x7C00);
    }
    int exponent = Math.max(-14, Math.getExponent(magnitude));
    // Scaled so that one unit is one step of the half's fraction; rint rounds to even.
    int steps = (int) Math.rint(Math.scalb((double) magnitude, 10 - exponent));
    return (short) (sign | (exponent + 14 << 10) + steps);
  }
}
