package dev.sardonyx.ir.text;

import dev.sardonyx.ir.text.Token.Kind;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads the attributes of an operator, in ONNX's form. */
final class AttributeParser {
  private final Lexer lexer;
  private final TypeParser types;
  private final LiteralParser literals;
  private final int depth;

  /**
   * @param depth how many graphs lie around
   */
  AttributeParser(Lexer lexer, TypeParser types, LiteralParser literals, int depth) {
    this.lexer = lexer;
    this.types = types;
    this.literals = literals;
    this.depth = depth;
  }

  /** What stands between the angle brackets, if they come next. */
  Map<String, Object> attributes() {
    Map<String, Object> values = new LinkedHashMap<>();
    if (!lexer.take("<")) {
      return values;
    }
    do {
      Token name = lexer.expect(Kind.NAME, "an attribute's name");
      lexer.expect("=");
      if (values.put(name.text(), value()) != null) {
        throw lexer.fail(
            name, "TEXT-003", "attribute " + name.text() + " is given twice", "remove one of them");
      }
    } while (lexer.take(","));
    lexer.expect(">");
    return values;
  }

  private Object value() {
    if (!lexer.take("[")) {
      return single();
    }
    List<Object> list = new ArrayList<>();
    while (!lexer.peek().is("]")) {
      list.add(single());
      if (!lexer.take(",")) {
        break;
      }
    }
    lexer.expect("]");
    return list;
  }

  private Object single() {
    Token token = lexer.peek();
    return switch (token.kind()) {
      case NUMBER -> number(lexer.next());
      case QUOTED -> lexer.next().text();
      case NAME -> word(token);
      default -> throw lexer.unexpected("an attribute's value");
    };
  }

  /** A type with data behind it is a tensor. */
  private Object tensorOrType(TensorType type) {
    boolean alone = lexer.peek().is(",") || lexer.peek().is(">");
    return alone ? type : literals.data(type);
  }

  private Object number(Token token) {
    if (Decimals.isFloat(token.text())) {
      return Decimals.toFloat(token.text());
    }
    try {
      return Long.valueOf(token.text());
    } catch (NumberFormatException e) {
      throw lexer.fail(
          token, "TEXT-007", token.text() + " does not fit 64 bits", "attributes are 64-bit");
    }
  }

  /**
   * A word of an enumeration, a truth value, an element type or a tensor that begins with one, a
   * type, or a graph.
   */
  private Object word(Token token) {
    if (token.is("graph")) {
      return new GraphParser(lexer, depth + 1).body();
    }
    if (lexer.take("type")) {
      return types.type();
    }
    if (Words.isElementType(token.text())) {
      lexer.next();
      return lexer.peek().is("[")
          ? tensorOrType(types.shaped(token))
          : (Object) (long) ElementType.parse(token.text()).code();
    }
    return switch (lexer.next().text()) {
      case "true" -> 1L;
      case "false" -> 0L;
      case "nan", "inf" -> Decimals.toFloat(token.text());
      default -> token.text();
    };
  }
}
