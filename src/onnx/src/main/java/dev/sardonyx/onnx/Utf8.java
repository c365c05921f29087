package dev.sardonyx.onnx;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;

/** What can be written as UTF-8. */
final class Utf8 {
  private Utf8() {}

  /** The text itself; refused if it has half a surrogate pair, for which UTF-8 has no bytes. */
  static String checked(String text, Location at) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (Character.isSurrogate(c) && !pair) {
        throw new Diagnostic(
                "ONNX-015",
                "a text has half of a surrogate pair, which ONNX files cannot hold",
                at,
                "text: " + Source.shown(text),
                "use well-formed Unicode")
            .exception();
      }
      i += pair ? 1 : 0;
    }
    return text;
  }
}
