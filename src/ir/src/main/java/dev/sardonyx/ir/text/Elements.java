package dev.sardonyx.ir.text;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The elements of a tensor as words, and back. */
final class Elements {
  /** Storage types have no literals of their own: their tensors are written as bytes. */
  private static final Set<ElementType> WITHOUT_LITERALS =
      Set.of(
          ElementType.STRING,
          ElementType.COMPLEX64,
          ElementType.COMPLEX128,
          ElementType.UINT4,
          ElementType.INT4,
          ElementType.UINT2,
          ElementType.INT2);

  private Elements() {}

  static boolean hasLiterals(ElementType element) {
    return !element.isSmallFloat() && !WITHOUT_LITERALS.contains(element);
  }

  /** One word for each element of a tensor whose type has literals. */
  static List<String> words(Tensor tensor) {
    int n = Math.toIntExact(tensor.size());
    List<String> words = new ArrayList<>(n);
    for (int i = 0; i < n; i++) {
      words.add(
          switch (tensor.element()) {
            case FLOAT64 -> Decimals.of(tensor.getDouble(i));
            case FLOAT32, FLOAT16, BFLOAT16 -> Decimals.of((float) tensor.getDouble(i));
            case BOOL -> tensor.getLong(i) == 0 ? "false" : "true";
            case UINT64 -> Long.toUnsignedString(tensor.getLong(i));
            default -> Long.toString(tensor.getLong(i));
          });
    }
    return words;
  }

  /**
   * The tensor of these words, as many as {@code dims} say.
   *
   * @throws NumberFormatException if one of them is no element of this type
   */
  static Tensor tensor(ElementType element, long[] dims, List<String> words) {
    if (element == ElementType.FLOAT16 || element == ElementType.BFLOAT16) {
      double[] values = words.stream().mapToDouble(Decimals::toFloat).toArray();
      return Tensor.from(element, values, dims);
    }
    ByteBuffer data = Tensor.allocate(element, dims);
    for (String word : words) {
      switch (element) {
        case FLOAT32 -> data.putFloat(Decimals.toFloat(word));
        case FLOAT64 -> data.putDouble(Decimals.toDouble(word));
        case BOOL -> data.put(bool(word));
        case INT64 -> data.putLong(Long.parseLong(word));
        case UINT64 -> data.putLong(Long.parseUnsignedLong(word));
        default -> putInteger(data, element, Long.parseLong(word));
      }
    }
    return Tensor.wrap(element, dims, data.flip());
  }

  private static byte bool(String word) {
    return switch (word) {
      case "true" -> 1;
      case "false" -> 0;
      default -> throw new NumberFormatException(word + " is neither true nor false");
    };
  }

  private static void putInteger(ByteBuffer data, ElementType element, long value) {
    int bits = element.bits();
    long min = element.isUnsigned() ? 0 : -(1L << bits - 1);
    long max = (1L << (element.isUnsigned() ? bits : bits - 1)) - 1;
    if (value < min || value > max) {
      throw new NumberFormatException(
          "%s lies outside %s's range %s to %s".formatted(value, element, min, max));
    }
    switch (bits) {
      case 8 -> data.put((byte) value);
      case 16 -> data.putShort((short) value);
      default -> data.putInt((int) value);
    }
  }
}
