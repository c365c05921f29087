package dev.sardonyx.ir.type;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads dimensions as {@link Dim#toString} writes them. Model files carry arbitrary names ({@code
 * unk__12}, {@code batch size}): what is no expression as a whole is one symbol, and within an
 * expression stands in quotes.
 */
final class DimParser {
  /** Deeper parentheses are no dimension, and would exhaust the stack. */
  private static final int MAX_DEPTH = 100;

  private final String text;
  private int at;
  private int depth;

  DimParser(String text) {
    this.text = text;
  }

  Dim whole() {
    try {
      Dim dim = sum();
      if (at == text.length()) {
        return dim;
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      // not an expression: a name, below
    }
    return Dim.symbol(text);
  }

  List<Dim> list() {
    List<Dim> dims = new ArrayList<>();
    try {
      do {
        dims.add(sum());
      } while (take(','));
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("\"" + text + "\" has no value: " + e.getMessage(), e);
    }
    if (at < text.length()) {
      throw error("an operator or a comma");
    }
    return dims;
  }

  private Dim sum() {
    if (++depth > MAX_DEPTH) {
      throw error("fewer parentheses");
    }
    Dim total = terms();
    depth--;
    return total;
  }

  private Dim terms() {
    Dim total = take('-') ? Dim.ZERO.minus(product()) : product();
    while (true) {
      if (take('+')) {
        total = total.plus(product());
      } else if (take('-')) {
        total = total.minus(product());
      } else {
        return total;
      }
    }
  }

  private Dim product() {
    Dim total = factor();
    while (take('*')) {
      total = total.times(factor());
    }
    return total;
  }

  private Dim factor() {
    skipSpace();
    if (take('?')) {
      return Dim.UNKNOWN;
    }
    if (take('(')) {
      Dim inside = sum();
      expect(')');
      return inside;
    }
    if (take('\'')) {
      return Dim.symbol(quoted());
    }
    int start = at;
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    String word = text.substring(start, at);
    if (word.isEmpty()) {
      throw error("a number, a name or a parenthesis");
    }
    if (Character.isDigit(word.charAt(0))) {
      return Dim.of(Long.parseLong(word));
    }
    return take('(') ? call(word) : Dim.symbol(word);
  }

  /** The rest of a name in quotes, of which two stand for one. */
  private String quoted() {
    StringBuilder name = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      boolean quote = c == '\'';
      if (quote && (at == text.length() || text.charAt(at) != '\'')) {
        return name.toString();
      }
      at += quote ? 1 : 0;
      name.append(c);
    }
    throw error("a closing quote");
  }

  /** Whether {@code text} reads as a name without quotes. */
  static boolean isName(String text) {
    return !text.isEmpty()
        && !Character.isDigit(text.charAt(0))
        && text.chars().allMatch(c -> isNamePart((char) c));
  }

  private Dim call(String function) {
    Dim a = sum();
    expect(function.equals("floor") ? '/' : ',');
    Dim b = sum();
    expect(')');
    return switch (function) {
      case "floor" -> a.floorDiv(b);
      case "max" -> a.max(b);
      case "min" -> a.min(b);
      default -> throw error("floor, max or min");
    };
  }

  private static boolean isNamePart(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == ':' || c == '$';
  }

  private void skipSpace() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
  }

  private boolean take(char c) {
    skipSpace();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!take(c)) {
      throw error("'" + c + "'");
    }
  }

  private IllegalArgumentException error(String expected) {
    return new IllegalArgumentException(
        "expected " + expected + " at position " + at + " of \"" + text + "\"");
  }
}
