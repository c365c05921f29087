package dev.sardonyx.ir.text;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.text.Token.Kind;
import java.util.HashMap;
import java.util.Map;

/** The values that a text has declared so far. */
final class Scope {
  private final Lexer lexer;
  private final Map<String, Value> named = new HashMap<>();
  private final Map<String, Value> numbered = new HashMap<>();

  Scope(Lexer lexer) {
    this.lexer = lexer;
  }

  private Map<String, Value> mapOf(Token label) {
    return label.kind() == Kind.LABEL ? numbered : named;
  }

  void declare(Token label, Value value) {
    if (mapOf(label).putIfAbsent(label.text(), value) != null) {
      throw lexer.fail(
          label,
          "TEXT-003",
          label.text() + " is declared twice",
          "give every value a name of its own");
    }
  }

  Value resolve(Token label) {
    Value value = mapOf(label).get(label.text());
    if (value == null) {
      throw lexer.fail(
          label,
          "TEXT-002",
          "nothing is called " + label.text() + " here",
          "a value must be declared above the lines that use it");
    }
    return value;
  }
}
