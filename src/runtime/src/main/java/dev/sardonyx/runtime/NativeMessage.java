package dev.sardonyx.runtime;

import ai.onnxruntime.OrtException;
import java.util.regex.Pattern;

/** ONNX Runtime's error messages without what only its own developers can use. */
final class NativeMessage {
  private static final Pattern CODE = Pattern.compile("^Error code - \\w+ - message: ");

  private static final Pattern NODE =
      Pattern.compile(
          "Non-zero status code returned while running (\\w+) node\\. Name:'(.*?)' Status Message: ");

  /** {@code file.h:144 method} or {@code /path/file.h:144 ns::Type ns::method(args) const}. */
  private static final Pattern SOURCE =
      Pattern.compile(
          "\\S+\\.(?:cc|h|cpp|hpp):\\d+ (?:[^()]*(?:\\([^()]*\\))+(?: const)?(?: \\[.*?\\])?|\\w+) ");

  private static final Pattern SPACE = Pattern.compile("\\s+");

  private NativeMessage() {}

  static String clean(OrtException failure) {
    String message = String.valueOf(failure.getMessage());
    message = CODE.matcher(message).replaceFirst("");
    message = NODE.matcher(message).replaceAll("$1 \"$2\": ").replace(" \"\": ", ": ");
    message = SOURCE.matcher(message).replaceAll("");
    return SPACE.matcher(message).replaceAll(" ").strip();
  }
}
