package dev.sardonyx.ir.text;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.List;

/** Prints tensors. */
final class TensorText {
  /** Larger tensors are written as bytes, on a line of their own. */
  static final int SMALL = 32;

  private TensorText() {}

  static boolean isSmall(Tensor tensor) {
    return tensor.size() <= SMALL;
  }

  /** Type and elements; the type is left out where a reader finds the same by itself. */
  static String literal(Tensor tensor, boolean brief) {
    String data = data(tensor, brief);
    return isSelfEvident(tensor, data) ? data : tensor.type() + " " + data;
  }

  private static boolean isSelfEvident(Tensor tensor, String data) {
    int rank = tensor.shape().rank();
    if (rank > 1 || tensor.size() == 0 || data.startsWith("base64") || data.equals("...")) {
      return false;
    }
    return switch (tensor.element()) {
      case FLOAT32, INT64, BOOL -> true;
      // A quoted word by itself is a name.
      case STRING -> rank == 1;
      default -> false;
    };
  }

  /** The elements alone. */
  static String data(Tensor tensor, boolean brief) {
    if (brief && !isSmall(tensor)) {
      return "...";
    }
    if (tensor.element() == ElementType.STRING) {
      return list(tensor, tensor.strings().stream().map(Words::quote).toList());
    }
    if (isSmall(tensor) && Elements.hasLiterals(tensor.element())) {
      List<String> words = Elements.words(tensor);
      // Only bytes give a NaN its payload, or a boolean that is neither 0 nor 1.
      if (Elements.tensor(tensor.element(), tensor.dims(), words).equals(tensor)) {
        return list(tensor, words);
      }
    }
    ByteBuffer bytes = tensor.bytes();
    byte[] copy = new byte[bytes.remaining()];
    bytes.get(copy);
    return "base64 \"" + Base64.getEncoder().encodeToString(copy) + '"';
  }

  private static String list(Tensor tensor, List<String> words) {
    return tensor.shape().rank() == 0 ? words.get(0) : "[" + String.join(", ", words) + "]";
  }
}
