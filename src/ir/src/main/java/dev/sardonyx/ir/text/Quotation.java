package dev.sardonyx.ir.text;

import dev.sardonyx.ir.diagnostic.DiagnosticException;

/** Reads one quoted text. */
final class Quotation {
  private final Lexer lexer;
  private final String text;
  private final int start;
  private int at;

  Quotation(Lexer lexer, String text, int start) {
    this.lexer = lexer;
    this.text = text;
    this.start = start;
    this.at = start + 1;
  }

  Token read() {
    StringBuilder out = new StringBuilder();
    while (at < text.length() && text.charAt(at) != '"' && text.charAt(at) != '\n') {
      char c = text.charAt(at++);
      out.append(c == '\\' ? escape() : c);
    }
    if (at >= text.length() || text.charAt(at) != '"') {
      throw fail(start, "this quote is never closed", "close it on the same line; \\n is a break");
    }
    return lexer.quoted(out.toString(), start, at + 1);
  }

  private char escape() {
    char c = at < text.length() ? text.charAt(at++) : ' ';
    return switch (c) {
      case '"', '\\' -> c;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'u' -> unicode();
      default ->
          throw fail(
              at - 2, "\\" + c + " is no escape", "the escapes are \\\" \\\\ \\n \\t \\r \\u");
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at++), 16) : -1;
      if (digit < 0) {
        throw fail(at - 1, "\\u needs four hexadecimal digits", "write \\u00e9 for é");
      }
      code = code * 16 + digit;
    }
    return (char) code;
  }

  private DiagnosticException fail(int position, String message, String help) {
    return lexer.fail(lexer.mark(position), "TEXT-009", message, help);
  }
}
