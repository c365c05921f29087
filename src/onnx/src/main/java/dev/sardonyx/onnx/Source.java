package dev.sardonyx.onnx;

import com.google.protobuf.ByteString;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import org.jspecify.annotations.Nullable;

/**
 * What is being read, as refusals name it. Names from a file are foreign: they are shown on one
 * line and cut short.
 *
 * @param files where tensors may lie that are not in the model itself; null if nowhere
 */
record Source(String name, @Nullable ExternalFiles files) {
  private static final int SHOWN = 80;

  /** Bytes without a place: nothing lies beside them. */
  Source(String name) {
    this(name, null);
  }

  Location at(String place) {
    return Location.in(oneLine(name), place);
  }

  /**
   * The refusal of something inside the file.
   *
   * @param place where, such as {@code node conv1}
   */
  DiagnosticException refuse(
      String code, String place, String message, String received, String help) {
    return new Diagnostic(code, message, at(place), received, help).exception();
  }

  /** Text from the file, which must be UTF-8. */
  String text(ByteString bytes, String place) {
    if (!bytes.isValidUtf8()) {
      throw refuse(
          "ONNX-012",
          place,
          "a text is not UTF-8",
          "text: " + shown(bytes.toStringUtf8()),
          "write the model with UTF-8 names; other bytes belong in a uint8 tensor");
    }
    return bytes.toStringUtf8();
  }

  /** A document string; null for an empty one, which some exporters write for none. */
  @Nullable String doc(ByteString bytes, String place) {
    return bytes.isEmpty() ? null : text(bytes, place);
  }

  /** A name out of a file as an error message shows it. */
  static String shown(String name) {
    return name.length() <= SHOWN ? oneLine(name) : oneLine(name.substring(0, SHOWN)) + "…";
  }

  /** A path, which is the caller's own, in full. */
  static String oneLine(String name) {
    int i = 0;
    while (i < name.length() && !isUnprintable(name.charAt(i))) {
      i++;
    }
    if (i == name.length()) {
      return name;
    }
    StringBuilder shown = new StringBuilder(name);
    for (; i < shown.length(); i++) {
      if (isUnprintable(shown.charAt(i))) {
        shown.setCharAt(i, '?');
      }
    }
    return shown.toString();
  }

  private static boolean isUnprintable(char c) {
    return Character.isISOControl(c) || c == '\u2028' || c == '\u2029';
  }
}
