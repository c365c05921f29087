package dev.sardonyx.ir.text;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.text.Token.Kind;
import org.jspecify.annotations.Nullable;

/** Cuts a text into tokens, one ahead of what has been read. */
final class Lexer {
  private final String text;
  private final String source;
  private int at;
  private int line = 1;
  private int lineStart;
  private @Nullable Token peeked;
  private int peekedAt;

  Lexer(String text, String source) {
    this.text = text;
    this.source = source;
  }

  Token peek() {
    Token token = peeked;
    if (token == null) {
      skipSpace();
      peekedAt = at;
      token = scan();
      peeked = token;
    }
    return token;
  }

  Token next() {
    Token token = peek();
    peeked = null;
    return token;
  }

  /** Takes the next token if it is this symbol or word. */
  boolean take(String symbolOrWord) {
    boolean is = peek().is(symbolOrWord);
    if (is) {
      next();
    }
    return is;
  }

  Token expect(String symbolOrWord) {
    if (!peek().is(symbolOrWord)) {
      throw unexpected("\"" + symbolOrWord + "\"");
    }
    return next();
  }

  Token expect(Kind kind, String description) {
    if (peek().kind() != kind) {
      throw unexpected(description);
    }
    return next();
  }

  /** A name: a word that means nothing else, or anything in quotes. */
  Token expectName(String description) {
    Token token = peek();
    if (token.kind() == Kind.QUOTED || token.kind() == Kind.NAME && Words.isFree(token.text())) {
      return next();
    }
    throw unexpected(description);
  }

  /**
   * The text from the "[" that comes next to its "]", both included, as it stands. Dimensions in it
   * may be names in single quotes, with a quote doubled.
   */
  String brackets() {
    Token open = peek();
    if (!open.is("[")) {
      throw unexpected("\"[\"");
    }
    next();
    boolean inQuotes = false;
    for (at = peekedAt; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '\'') {
        inQuotes = !inQuotes;
      } else if (c == '\n') {
        newLine();
      } else if (c == ']' && !inQuotes) {
        return text.substring(peekedAt, ++at);
      }
    }
    throw fail(open, "TEXT-009", "this \"[\" is never closed", "close it with \"]\"");
  }

  private void skipSpace() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '\n') {
        newLine();
      } else if (text.startsWith("//", at)) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
        continue;
      } else if (c != ' ' && c != '\t' && c != '\r') {
        return;
      }
      at++;
    }
  }

  /** Counts the line break that {@code at} stands on. */
  private void newLine() {
    line++;
    lineStart = at + 1;
  }

  private Token scan() {
    int start = at;
    if (at >= text.length()) {
      return token(Kind.END, start);
    }
    char c = text.charAt(at);
    if (Words.startsWord(c)) {
      return word(start);
    }
    if (c == '"') {
      return new Quotation(this, text, at).read();
    }
    if (isDigit(at) || c == '-' && (isDigit(at + 1) || text.startsWith("inf", at + 1))) {
      return number(start);
    }
    if (c == '%' && isDigit(at + 1)) {
      at++;
      digits();
      return token(Kind.LABEL, start);
    }
    at += text.startsWith("...", at) ? 3 : 1;
    return token(Kind.SYMBOL, start);
  }

  private Token word(int start) {
    while (at < text.length() && Words.continuesWord(text.charAt(at))) {
      at++;
    }
    return token(Kind.NAME, start);
  }

  private Token number(int start) {
    at += text.charAt(at) == '-' ? 1 : 0;
    if (!isDigit(at)) {
      at += "inf".length();
      return token(Kind.NUMBER, start);
    }
    digits();
    if (at < text.length() && text.charAt(at) == '.' && isDigit(at + 1)) {
      at++;
      digits();
    }
    boolean exponent = at < text.length() && text.charAt(at) == 'e';
    int sign = text.startsWith("-", at + 1) || text.startsWith("+", at + 1) ? 1 : 0;
    if (exponent && isDigit(at + 1 + sign)) {
      at += 1 + sign;
      digits();
    }
    return token(Kind.NUMBER, start);
  }

  private void digits() {
    while (isDigit(at)) {
      at++;
    }
  }

  private boolean isDigit(int i) {
    return i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9';
  }

  private Token token(Kind kind, int start) {
    return new Token(kind, text.substring(start, at), line, start - lineStart + 1);
  }

  /** The quoted text that began at {@code start} and ends before {@code end}. */
  Token quoted(String denoted, int start, int end) {
    at = end;
    return new Token(Kind.QUOTED, denoted, line, start - lineStart + 1);
  }

  /** A token for an error at {@code position} of the present line. */
  Token mark(int position) {
    return new Token(Kind.SYMBOL, "", line, position - lineStart + 1);
  }

  Location lineOf(Token token) {
    return new Location(source, token.line(), "");
  }

  /** The refusal of the next token. */
  DiagnosticException unexpected(String expected) {
    return fail(
        peek(),
        "TEXT-001",
        "expected " + expected + ", found " + peek().found(),
        "see the description of dev.sardonyx.ir.text for the form of graphs");
  }

  DiagnosticException fail(Token token, String code, String message, String help) {
    return diagnostic(token, code, message, help).exception();
  }

  Diagnostic diagnostic(Token token, String code, String message, String help) {
    Location place = new Location(source, token.line(), "column " + token.column());
    return new Diagnostic(code, message, place, "text: " + lineText(token), help);
  }

  private String lineText(Token token) {
    int start = 0;
    for (int i = 1; i < token.line(); i++) {
      start = text.indexOf('\n', start) + 1;
    }
    int end = text.indexOf('\n', start);
    String whole = text.substring(start, end < 0 ? text.length() : end).strip();
    return whole.length() <= 100 ? whole : whole.substring(0, 100) + "…";
  }
}
