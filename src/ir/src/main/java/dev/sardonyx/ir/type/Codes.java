package dev.sardonyx.ir.type;

import java.nio.ByteBuffer;

/**
 * Elements of at most eight bits as their bit patterns, one to a byte: how runtimes that do not
 * know such types can still carry them.
 */
public final class Codes {
  private Codes() {}

  /** Whether elements of this type are carried as codes: integers below 8 bits and small floats. */
  public static boolean areFor(ElementType element) {
    return element.isSmallFloat() || element.isInteger() && element.bits() < 8;
  }

  /** The codes of the elements, as uint8 of the same shape. */
  public static Tensor of(Tensor tensor) {
    ByteBuffer data = tensor.bytes();
    ByteBuffer codes = Tensor.allocate(ElementType.UINT8, tensor.dims());
    for (int i = 0; i < codes.limit(); i++) {
      codes.put(i, (byte) get(tensor.element(), data, i));
    }
    return Tensor.wrap(ElementType.UINT8, tensor.dims(), codes);
  }

  /** The tensor whose elements have these codes; what lies above an element's bits is cut off. */
  public static Tensor decode(ElementType element, Tensor codes) {
    ByteBuffer data = Tensor.allocate(element, codes.dims());
    ByteBuffer bytes = codes.bytes();
    for (int i = 0; i < bytes.limit(); i++) {
      put(element, data, i, bytes.get(i));
    }
    return Tensor.wrap(element, codes.dims(), data);
  }

  /** The number that a code stands for. */
  public static float value(ElementType element, int code) {
    if (element.isSmallFloat()) {
      return SmallFloat.of(element).value(code);
    }
    boolean negative = !element.isUnsigned() && code >= 1 << element.bits() - 1;
    return negative ? code - (1 << element.bits()) : code;
  }

  static int get(ElementType element, ByteBuffer data, int i) {
    int bits = element.bits();
    int perByte = 8 / bits;
    return data.get(i / perByte) >> i % perByte * bits & (1 << bits) - 1;
  }

  /** Sets the bits of element {@code i}, which are zero. */
  static void put(ElementType element, ByteBuffer data, int i, int code) {
    int bits = element.bits();
    int perByte = 8 / bits;
    int old = data.get(i / perByte);
    data.put(i / perByte, (byte) (old | (code & (1 << bits) - 1) << i % perByte * bits));
  }
}
