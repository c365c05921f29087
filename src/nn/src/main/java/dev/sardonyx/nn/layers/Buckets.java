package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** TensorFlow's hash buckets of texts. */
final class Buckets {
  private Buckets() {}

  /**
   * In which of {@code n} buckets a text lies: by SipHash under the salt, else by FarmHash.
   *
   * @param salt the key's two halves, or null
   */
  static long of(String text, long n, @Nullable List<Long> salt) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long hash = salt == null ? FarmHash64.of(bytes) : SipHash.of(salt.get(0), salt.get(1), bytes);
    return Long.remainderUnsigned(hash, n);
  }

  /** The elements as texts: integers in decimal, floats cut to integers. */
  static List<String> texts(Tensor tensor) {
    if (tensor.element() == ElementType.STRING) {
      return tensor.strings();
    }
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < tensor.size(); i++) {
      texts.add(text(tensor, i));
    }
    return texts;
  }

  private static String text(Tensor tensor, int i) {
    ElementType element = tensor.element();
    if (element == ElementType.BOOL) {
      return tensor.getDouble(i) == 0 ? "false" : "true";
    }
    if (element.isFloat()) {
      return Long.toString((long) tensor.getDouble(i));
    }
    long value = tensor.getLong(i);
    return element == ElementType.UINT64 ? Long.toUnsignedString(value) : Long.toString(value);
  }
}
