package dev.sardonyx.nn.layers;

/** What {@link TextVectorization} does to texts before it divides them. */
public enum Standardization {
  /** Letters of ASCII become small, its punctuation disappears. */
  LOWER_AND_STRIP_PUNCTUATION,
  /** Letters of ASCII become small. */
  LOWER,
  /** ASCII's punctuation disappears. */
  STRIP_PUNCTUATION;

  String apply(String text) {
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z';
      boolean digit = c >= '0' && c <= '9';
      boolean punctuation = c > ' ' && c < 0x7f && !letter && !digit;
      if (!punctuation || this == LOWER) {
        result.append(c >= 'A' && c <= 'Z' && this != STRIP_PUNCTUATION ? (char) (c + 32) : c);
      }
    }
    return result.toString();
  }
}
