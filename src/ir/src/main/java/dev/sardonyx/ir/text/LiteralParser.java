package dev.sardonyx.ir.text;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.text.Token.Kind;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** Reads constants. */
final class LiteralParser {
  private final Lexer lexer;
  private final TypeParser types;

  LiteralParser(Lexer lexer, TypeParser types) {
    this.lexer = lexer;
    this.types = types;
  }

  /** Whether a constant comes next. */
  boolean isNext() {
    Token token = lexer.peek();
    return token.is("[")
        || isScalar(token)
        || token.kind() == Kind.NAME && Words.isElementType(token.text());
  }

  private static boolean isScalar(Token token) {
    return token.kind() == Kind.NUMBER
        || token.is("true")
        || token.is("false")
        || token.is("nan")
        || token.is("inf");
  }

  /** A constant, with its type or without. */
  Tensor literal() {
    Token start = lexer.peek();
    if (start.kind() == Kind.NAME && Words.isElementType(start.text())) {
      return data(types.tensor());
    }
    boolean list = start.is("[");
    List<Token> words = list ? list() : List.of(scalar());
    if (words.isEmpty()) {
      throw fail(start, "an empty list has no type", "write its type: float32[0] []");
    }
    ElementType element = elementOf(words);
    long[] dims = list ? new long[] {words.size()} : new long[0];
    return tensor(start, TensorType.of(element, dims), words);
  }

  private static ElementType elementOf(List<Token> words) {
    Token first = words.get(0);
    if (first.kind() == Kind.QUOTED) {
      return ElementType.STRING;
    }
    if (first.is("true") || first.is("false")) {
      return ElementType.BOOL;
    }
    boolean floats = words.stream().anyMatch(w -> Decimals.isFloat(w.text()));
    return floats ? ElementType.FLOAT32 : ElementType.INT64;
  }

  /** The data of a constant whose type is known. */
  Tensor data(TensorType type) {
    Token start = lexer.peek();
    if (!type.shape().isFixed() || type.shape().dims().stream().anyMatch(d -> d.value() < 0)) {
      throw fail(start, "data cannot have the type " + type, "give every dimension as a number");
    }
    if (lexer.take("...")) {
      throw lexer.fail(
          start, "TEXT-006", "the data has been left out", "print the graph with its data");
    }
    if (lexer.take("base64")) {
      return bytes(start, type, lexer.expect(Kind.QUOTED, "the data in quotes").text());
    }
    boolean scalar = type.shape().rank() == 0;
    return tensor(start, type, scalar ? List.of(scalar()) : list());
  }

  private Token scalar() {
    if (!isScalar(lexer.peek()) && lexer.peek().kind() != Kind.QUOTED) {
      throw lexer.unexpected("a constant");
    }
    return lexer.next();
  }

  private List<Token> list() {
    List<Token> words = new ArrayList<>();
    lexer.expect("[");
    while (!lexer.peek().is("]")) {
      words.add(scalar());
      if (!lexer.take(",")) {
        break;
      }
    }
    lexer.expect("]");
    return words;
  }

  private Tensor tensor(Token start, TensorType type, List<Token> words) {
    if (!type.shape().size().is(words.size())) {
      throw fail(
          start,
          "%s has %s elements, got %s".formatted(type, type.shape().size(), words.size()),
          "give one word for each element, row by row");
    }
    boolean strings = type.element() == ElementType.STRING;
    if (!strings && !Elements.hasLiterals(type.element())) {
      throw fail(start, type.element() + " has no literals", "give the packed bytes as base64");
    }
    for (Token word : words) {
      if (strings != (word.kind() == Kind.QUOTED)) {
        throw fail(word, word.found() + " is no " + type.element(), "quote strings, and only them");
      }
    }
    List<String> texts = words.stream().map(Token::text).toList();
    long[] dims = type.shape().fixed();
    if (strings) {
      return dims.length == 0 ? Tensor.ofStrings(texts).reshape() : Tensor.ofStrings(texts, dims);
    }
    try {
      return Elements.tensor(type.element(), dims, texts);
    } catch (NumberFormatException e) {
      throw fail(
          start, "this is no %s: %s".formatted(type, e.getMessage()), "write its elements' type");
    }
  }

  private Tensor bytes(Token start, TensorType type, String text) {
    String help = "base64 holds exactly the tensor's little-endian bytes";
    if (type.element() == ElementType.STRING) {
      throw fail(start, "strings cannot be given as base64", "list them in quotes");
    }
    try {
      ByteBuffer data = ByteBuffer.wrap(Base64.getDecoder().decode(text));
      return Tensor.wrap(type.element(), type.shape().fixed(), data);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw fail(start, "this is no data of a " + type + ": " + e.getMessage(), help);
    }
  }

  private DiagnosticException fail(Token at, String message, String help) {
    return lexer.fail(at, "TEXT-007", message, help);
  }
}
