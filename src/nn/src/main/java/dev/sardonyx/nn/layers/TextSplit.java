package dev.sardonyx.nn.layers;

import java.util.Arrays;
import java.util.List;

/** Where {@link TextVectorization} divides texts. */
public enum TextSplit {
  /** At ASCII's white space, however much of it. */
  WHITESPACE,
  /** Between Unicode's characters. */
  CHARACTER;

  List<String> apply(String text) {
    if (this == CHARACTER) {
      return text.codePoints().mapToObj(Character::toString).toList();
    }
    return Arrays.stream(text.split("[ \t\n\u000B\f\r]+")).filter(w -> !w.isEmpty()).toList();
  }
}
