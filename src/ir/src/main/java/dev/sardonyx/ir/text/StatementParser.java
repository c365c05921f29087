package dev.sardonyx.ir.text;

import dev.sardonyx.ir.Catalog;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.text.Token.Kind;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the lines that declare computed values and constants. */
final class StatementParser {
  private final Lexer lexer;
  private final TypeParser types;
  private final LiteralParser literals;
  private final AttributeParser attributes;
  private final Scope scope;

  StatementParser(Lexer lexer, TypeParser types, LiteralParser literals, Scope scope, int depth) {
    this.lexer = lexer;
    this.types = types;
    this.literals = literals;
    this.attributes = new AttributeParser(lexer, types, literals, depth);
    this.scope = scope;
  }

  void statement() {
    List<Token> labels = new ArrayList<>();
    List<@Nullable String> names = new ArrayList<>();
    Token start = lexer.peek();
    do {
      Token label = label("a statement, or \"return\"");
      labels.add(label);
      boolean numbered = label.kind() == Kind.LABEL;
      boolean alsoNamed = numbered && lexer.peek().kind() == Kind.QUOTED;
      names.add(alsoNamed ? lexer.next().text() : numbered ? null : label.text());
    } while (lexer.take(","));
    lexer.expect("=");
    Location at = lexer.lineOf(start);
    Application made =
        literals.isNext()
            ? new Application(new Leaf.Constant(literals.literal()), List.of())
            : application(at);
    List<Type> written = writtenTypes();
    @Nullable String name = lexer.take("@") ? lexer.expectName("the node's name").text() : null;
    Node.Names all = names(name, names, doc());
    Node node = make(start, () -> Node.of(made.op, made.inputs, labels.size(), all, at));
    check(start, node, labels.size(), written);
    for (int i = 0; i < labels.size(); i++) {
      scope.declare(labels.get(i), node.outputs().get(i));
    }
  }

  private record Application(Op op, List<@Nullable Value> inputs) {}

  private Token label(String description) {
    return lexer.peek().kind() == Kind.LABEL ? lexer.next() : lexer.expectName(description);
  }

  private Node.Names names(
      @Nullable String node, List<@Nullable String> outputs, @Nullable String doc) {
    boolean named = outputs.stream().anyMatch(Objects::nonNull);
    return new Node.Names(node, named ? outputs : List.of(), doc, metadata());
  }

  /** The document string that may end a statement. */
  @Nullable String doc() {
    return lexer.take("doc") ? lexer.expect(Kind.QUOTED, "a text in quotes").text() : null;
  }

  /** The properties that may end a statement, or begin a graph. */
  Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    while (lexer.take("meta")) {
      Token key = lexer.expect(Kind.QUOTED, "a key in quotes");
      lexer.expect("=");
      String value = lexer.expect(Kind.QUOTED, "a value in quotes").text();
      if (metadata.put(key.text(), value) != null) {
        throw lexer.fail(key, "TEXT-003", key.text() + " is given twice", "remove one of the two");
      }
    }
    return metadata;
  }

  private Application application(Location at) {
    Token word = lexer.expect(Kind.NAME, "an operator or a constant");
    int dot = word.text().lastIndexOf('.');
    String domain = word.text().substring(0, Math.max(0, dot));
    OpSchema schema = Catalog.find(domain, word.text().substring(dot + 1));
    if (schema == null) {
      throw lexer.fail(
          word,
          "TEXT-004",
          "there is no operator " + word.text(),
          "operators have their ONNX names, such as MatMul");
    }
    Map<String, Object> values = attributes.attributes();
    Op op = make(word, () -> Location.within(at, () -> schema.create(values)));
    List<@Nullable Value> inputs = new ArrayList<>();
    lexer.expect("(");
    while (!lexer.peek().is(")")) {
      inputs.add(argument());
      if (!lexer.take(",")) {
        break;
      }
    }
    lexer.expect(")");
    return new Application(op, inputs);
  }

  /** A value, a constant on the spot, or null for an absent input. */
  @Nullable Value argument() {
    Token start = lexer.peek();
    if (lexer.take("_")) {
      return null;
    }
    if (literals.isNext()) {
      Op constant = new Leaf.Constant(literals.literal());
      return Node.of(constant, List.of(), 1, Node.Names.NONE, lexer.lineOf(start)).output();
    }
    return scope.resolve(label("a value"));
  }

  private List<Type> writtenTypes() {
    List<Type> written = new ArrayList<>();
    if (lexer.take(":")) {
      do {
        written.add(types.type());
      } while (lexer.take(","));
    }
    return written;
  }

  private void check(Token start, Node node, int results, List<Type> written) {
    if (node.types().size() != results) {
      throw lexer.fail(
          start,
          "TEXT-010",
          "%s has %s results, the line names %s"
              .formatted(OpSchema.of(node.op()).type(), node.types().size(), results),
          "name every result on the left side");
    }
    if (!written.isEmpty() && !written.equals(node.types())) {
      throw lexer.fail(
          start,
          "TEXT-005",
          "the line says %s, but the result is %s".formatted(written, node.types()),
          "correct the types after the colon, or leave them out");
    }
  }

  private interface Making<T> {
    T make();
  }

  /** An operator's own refusal is a diagnostic; whatever else it throws becomes one here. */
  private <T> T make(Token at, Making<T> making) {
    try {
      return making.make();
    } catch (DiagnosticException e) {
      throw e;
    } catch (RuntimeException e) {
      throw lexer
          .diagnostic(
              at,
              "TEXT-011",
              "the operator cannot be applied: " + e,
              "check its attributes and its inputs' types")
          .exception(e);
    }
  }
}
