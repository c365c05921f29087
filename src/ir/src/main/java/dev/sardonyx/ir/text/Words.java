package dev.sardonyx.ir.text;

import dev.sardonyx.ir.type.ElementType;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Which words are plain, and how all others are quoted. */
final class Words {
  private static final Set<String> RESERVED =
      Set.of(
          "graph",
          "param",
          "frozen",
          "return",
          "doc",
          "meta",
          "base64",
          "true",
          "false",
          "nan",
          "inf",
          "_",
          "seq",
          "optional",
          "map",
          "type");
  private static final Set<String> ELEMENT_TYPES =
      Arrays.stream(ElementType.values()).map(ElementType::toString).collect(Collectors.toSet());

  private Words() {}

  static boolean isElementType(String word) {
    return ELEMENT_TYPES.contains(word);
  }

  static boolean startsWord(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c == '_';
  }

  static boolean continuesWord(char c) {
    return startsWord(c) || c >= '0' && c <= '9' || c == '.';
  }

  /** Whether the word can be a name without quotes. */
  static boolean isFree(String word) {
    return !RESERVED.contains(word) && !ELEMENT_TYPES.contains(word);
  }

  private static boolean isPlain(String name) {
    return !name.isEmpty()
        && startsWord(name.charAt(0))
        && name.chars().allMatch(c -> continuesWord((char) c))
        && isFree(name);
  }

  /** The name as it stands where it is a plain word, else quoted. */
  static String name(String name) {
    return isPlain(name) ? name : quote(name);
  }

  static String quote(String text) {
    StringBuilder out = new StringBuilder(text.length() + 2).append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"', '\\' -> out.append('\\').append(c);
        case '\n' -> out.append("\\n");
        case '\t' -> out.append("\\t");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < ' ' || c >= 0x7F && c < 0xA0 || Character.isSurrogate(c) || isSeparator(c)) {
            out.append("\\u").append(hex(c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /** Line and paragraph separators, and the byte order mark, do not survive every editor. */
  private static boolean isSeparator(char c) {
    return c == 0x2028 || c == 0x2029 || c == 0xFEFF;
  }

  private static String hex(char c) {
    String digits = Integer.toHexString(c);
    return "0".repeat(4 - digits.length()) + digits;
  }
}
