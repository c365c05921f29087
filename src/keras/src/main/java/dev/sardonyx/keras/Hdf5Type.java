package dev.sardonyx.keras;

import dev.sardonyx.ir.type.ElementType;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.EnumDataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;
import io.jhdf.object.datatype.OrderedDataType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The type of an array's elements.
 *
 * @param size bytes of one element
 * @param element null for a type that weights do not have
 * @param bigEndian whether its bytes must be turned round
 * @param text how a refusal names it
 */
record Hdf5Type(int size, @Nullable ElementType element, boolean bigEndian, String text) {
  /** What h5py makes of bfloat16, with an attribute that says so in {@code .weights.h5} only. */
  static Hdf5Type opaque(int size) {
    return new Hdf5Type(
        size,
        size == 2 ? ElementType.BFLOAT16 : null,
        false,
        "opaque bytes, %s each".formatted(size));
  }

  static Hdf5Type of(DataType type) {
    boolean bigEndian =
        type instanceof OrderedDataType ordered && ordered.getByteOrder() == ByteOrder.BIG_ENDIAN;
    return new Hdf5Type(type.getSize(), element(type), bigEndian, type.getClass().getSimpleName());
  }

  private static @Nullable ElementType element(DataType type) {
    if (type instanceof FixedPoint integer) {
      return integer(integer);
    }
    if (type instanceof FloatingPoint real) {
      return real(real);
    }
    // What h5py makes of NumPy's booleans.
    return type instanceof EnumDataType named
            && named.getSize() == 1
            && named.getEnumMapping().equals(Map.of(0, "FALSE", 1, "TRUE"))
        ? ElementType.BOOL
        : null;
  }

  private static @Nullable ElementType integer(FixedPoint type) {
    if (type.getBitOffset() != 0 || type.getBitPrecision() != 8 * type.getSize()) {
      return null;
    }
    return switch (type.getSize()) {
      case 1 -> type.isSigned() ? ElementType.INT8 : ElementType.UINT8;
      case 2 -> type.isSigned() ? ElementType.INT16 : ElementType.UINT16;
      case 4 -> type.isSigned() ? ElementType.INT32 : ElementType.UINT32;
      case 8 -> type.isSigned() ? ElementType.INT64 : ElementType.UINT64;
      default -> null;
    };
  }

  private static @Nullable ElementType real(FloatingPoint type) {
    int bits = type.getBitPrecision();
    int exponent = type.getExponentSize();
    if (type.getBitOffset() != 0
        || bits != 8 * type.getSize()
        || type.getMantissaSize() != bits - 1 - exponent) {
      return null;
    }
    return switch (bits) {
      case 16 -> exponent == 5 ? ElementType.FLOAT16 : exponent == 8 ? ElementType.BFLOAT16 : null;
      case 32 -> exponent == 8 ? ElementType.FLOAT32 : null;
      case 64 -> exponent == 11 ? ElementType.FLOAT64 : null;
      default -> null;
    };
  }

  /** Turns the bytes of each element of a big-endian array round. */
  void toLittleEndian(ByteBuffer data) {
    if (!bigEndian || size == 1) {
      return;
    }
    for (int start = data.position(); start + size <= data.limit(); start += size) {
      for (int i = 0; i < size / 2; i++) {
        byte low = data.get(start + i);
        data.put(start + i, data.get(start + size - 1 - i));
        data.put(start + size - 1 - i, low);
      }
    }
  }
}
