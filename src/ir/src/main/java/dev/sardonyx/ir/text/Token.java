package dev.sardonyx.ir.text;

/**
 * A word of the text.
 *
 * @param text the word as it stands; of a quoted text what it denotes
 * @param line its line, from 1
 * @param column its column, from 1
 */
record Token(Kind kind, String text, int line, int column) {
  /** What kinds of words there are. */
  enum Kind {
    NAME,
    /** In quotes. */
    QUOTED,
    NUMBER,
    /** A numbered value, such as {@code %1}. */
    LABEL,
    SYMBOL,
    END
  }

  boolean is(String symbolOrWord) {
    return (kind == Kind.SYMBOL || kind == Kind.NAME) && text.equals(symbolOrWord);
  }

  /** How an error names what it found. */
  String found() {
    return switch (kind) {
      case END -> "the end of the text";
      case QUOTED -> "the quoted text " + Words.quote(shortened());
      default -> "\"" + shortened() + "\"";
    };
  }

  private String shortened() {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
