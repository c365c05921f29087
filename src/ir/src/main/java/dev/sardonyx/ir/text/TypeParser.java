package dev.sardonyx.ir.text;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;

/** Reads types. */
final class TypeParser {
  private static final int MAX_NESTING = 32;
  private static final int MAX_LENGTH = 4000;

  private final Lexer lexer;

  TypeParser(Lexer lexer) {
    this.lexer = lexer;
  }

  Type type() {
    return type(0);
  }

  private Type type(int depth) {
    Token word = lexer.peek();
    if (depth > MAX_NESTING) {
      throw fail(word, "types nest more than " + MAX_NESTING + " deep", "nest them less");
    }
    if (lexer.take("seq")) {
      return new Type.Sequence(inside(depth));
    }
    if (lexer.take("optional")) {
      return new Type.Optional(inside(depth));
    }
    if (lexer.take("map")) {
      lexer.expect("(");
      ElementType key = element();
      lexer.expect(",");
      Type value = type(depth + 1);
      lexer.expect(")");
      return new Type.Map(key, value);
    }
    return tensor();
  }

  private Type inside(int depth) {
    lexer.expect("(");
    Type inside = type(depth + 1);
    lexer.expect(")");
    return inside;
  }

  private ElementType element() {
    if (!Words.isElementType(lexer.peek().text())) {
      throw lexer.unexpected("a type, such as float32[N,4]");
    }
    return ElementType.parse(lexer.next().text());
  }

  TensorType tensor() {
    Token start = lexer.peek();
    element();
    return shaped(start);
  }

  /** The tensor type whose element type was {@code start}, with the shape that comes next. */
  TensorType shaped(Token start) {
    String shape = lexer.brackets();
    String help =
        "a dimension is a number, a name, arithmetic on them, or ?; odd names are 'quoted'";
    if (shape.length() > MAX_LENGTH) {
      throw fail(start, "the shape is longer than " + MAX_LENGTH + " characters", help);
    }
    try {
      return TensorType.parse(start.text() + shape);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw fail(start, shape + " is no shape: " + e.getMessage(), help);
    }
  }

  private DiagnosticException fail(Token at, String message, String help) {
    return lexer.fail(at, "TEXT-008", message, help);
  }
}
