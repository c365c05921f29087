package dev.sardonyx.ops.generator;

/** The text of a source file as it grows. */
final class Source {
  private static final int WIDTH = 100;

  private final StringBuilder text = new StringBuilder();

  void line(String format, Object... arguments) {
    text.append(format.formatted(arguments)).append('\n');
  }

  /** A documentation comment; paragraphs and tags are separated by line ends. */
  void doc(int indent, String doc) {
    String margin = " ".repeat(indent);
    if (!doc.contains("\n") && indent + doc.length() + "/**  */".length() <= WIDTH) {
      line("%s/** %s */", margin, doc);
      return;
    }
    text.append(margin).append("/**\n");
    for (String paragraph : doc.split("\n", -1)) {
      wrap(margin + " *", paragraph);
    }
    text.append(margin).append(" */\n");
  }

  private void wrap(String margin, String paragraph) {
    StringBuilder line = new StringBuilder(margin);
    for (String word : paragraph.split(" ")) {
      if (line.length() + 1 + word.length() > WIDTH) {
        text.append(line).append('\n');
        line = new StringBuilder(margin);
      }
      line.append(word.isEmpty() ? "" : " " + word);
    }
    text.append(line).append('\n');
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
