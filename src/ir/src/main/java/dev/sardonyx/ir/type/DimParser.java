package dev.sardonyx.ir.type;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads dimensions as {@link Dim#toString} writes them. Model files carry arbitrary names ({@code
 * unk__12}, {@code batch size}): what is no expression is one symbol, written as it stands.
 */
final class DimParser {
  private final String text;
  private int at;

  DimParser(String text) {
    this.text = text;
  }

  Dim whole() {
    try {
      Dim dim = sum();
      if (at == text.length()) {
        return dim;
      }
    } catch (IllegalArgumentException e) {
      // not an expression: a name, below
    }
    return Dim.symbol(text);
  }

  List<Dim> list() {
    List<Dim> dims = new ArrayList<>();
    do {
      dims.add(sum());
    } while (take(','));
    if (at < text.length()) {
      throw error("an operator or a comma");
    }
    return dims;
  }

  private Dim sum() {
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
