package dev.sardonyx.keras;

import dev.sardonyx.ir.type.ElementType;
import java.nio.charset.StandardCharsets;

/** Element types as HDF5 describes them, in the form that h5py uses. */
final class OutTypes {
  private static final int SIGNED = 8;

  private OutTypes() {}

  /** An {@link IllegalArgumentException} for types that h5py has no arrays of. */
  static OutBytes datatype(ElementType type) {
    return switch (type) {
      case FLOAT16 -> real(2, 15, 10, 5, 15);
      case FLOAT32 -> real(4, 31, 23, 8, 127);
      case FLOAT64 -> real(8, 63, 52, 11, 1023);
      case INT8 -> integer(1, SIGNED);
      case INT16 -> integer(2, SIGNED);
      case INT32 -> integer(4, SIGNED);
      case INT64 -> integer(8, SIGNED);
      case UINT8 -> integer(1, 0);
      case UINT16 -> integer(2, 0);
      case UINT32 -> integer(4, 0);
      case UINT64 -> integer(8, 0);
      case BOOL -> truth();
      case BFLOAT16 -> new OutBytes().bytes(0x15, 0, 0, 0).number(2, 4);
      default -> throw new IllegalArgumentException("Keras's files have no weights of " + type);
    };
  }

  private static OutBytes integer(int size, int signed) {
    return new OutBytes()
        .bytes(0x10, signed, 0, 0)
        .number(size, 4)
        .number(0, 2)
        .number(8 * size, 2);
  }

  /** The mantissa has an implied leading bit and lies lowest, the sign highest. */
  private static OutBytes real(int size, int sign, int mantissa, int exponent, int bias) {
    return new OutBytes()
        .bytes(0x11, 0x20, sign, 0)
        .number(size, 4)
        .number(0, 2)
        .number(8 * size, 2)
        .bytes(mantissa, exponent, 0, mantissa)
        .number(bias, 4);
  }

  /** NumPy's booleans: an enumeration of bytes. */
  private static OutBytes truth() {
    return new OutBytes()
        .bytes(0x18, 2, 0, 0)
        .number(1, 4)
        .bytes(integer(1, SIGNED).array())
        .bytes("FALSE\0\0\0TRUE\0\0\0\0".getBytes(StandardCharsets.US_ASCII))
        .bytes(0, 1);
  }

  /** Text of any length in UTF-8, in a heap: length, heap and number. */
  static OutBytes variableText() {
    return new OutBytes().bytes(0x19, 1, 1, 0).number(16, 4).bytes(0x13, 0x10, 0, 0).number(1, 4);
  }
}
