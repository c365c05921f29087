package dev.sardonyx.ir.text;

import dev.sardonyx.ir.Body;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Inference;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.text.Token.Kind;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads one graph. */
final class GraphParser {
  private final Lexer lexer;
  private final int depth;
  private final TypeParser types;
  private final LiteralParser literals;
  private final Scope scope;
  private final StatementParser statements;

  GraphParser(Lexer lexer) {
    this(lexer, 0);
  }

  /**
   * @param depth how many graphs lie around
   */
  GraphParser(Lexer lexer, int depth) {
    this.lexer = lexer;
    this.depth = depth;
    this.types = new TypeParser(lexer);
    this.literals = new LiteralParser(lexer, types);
    this.scope = new Scope(lexer);
    this.statements = new StatementParser(lexer, types, literals, scope, depth);
  }

  Graph parse() {
    Token start = lexer.expect("graph");
    String name = lexer.expectName("the graph's name").text();
    lexer.expect("(");
    List<Value> inputs = inputs();
    lexer.expect(")");
    Graph graph = graph(start, name, inputs);
    lexer.expect(Kind.END, "the end of the text after the graph");
    return graph;
  }

  /** A graph inside another one: what it captures stands after a semicolon. */
  Body body() {
    Token start = lexer.expect("graph");
    if (depth > Graph.MAX_DEPTH) {
      throw lexer.fail(
          start,
          "GRAPH-013",
          "bodies lie in each other more than %s deep".formatted(Graph.MAX_DEPTH),
          "flatten some of the branches or loops");
    }
    String name = lexer.expectName("the graph's name").text();
    lexer.expect("(");
    List<Value> inputs = new ArrayList<>(inputs());
    List<Value> captured = lexer.take(";") ? inputs() : List.of();
    lexer.expect(")");
    inputs.addAll(captured);
    Graph graph = graph(start, name, inputs);
    return Location.within(lexer.lineOf(start), () -> new Body(graph, captured.size()));
  }

  private Graph graph(Token start, String name, List<Value> inputs) {
    lexer.expect("{");
    Graph.Info info = info();
    while (!lexer.peek().is("return")) {
      if (lexer.peek().is("param") || lexer.peek().is("frozen")) {
        parameter();
      } else {
        statements.statement();
      }
    }
    Map<String, Value> outputs = outputs();
    lexer.expect("}");
    return Location.within(
        lexer.lineOf(start), () -> Graph.of(name, inputs, outputs).withInfo(info));
  }

  private List<Value> inputs() {
    List<Value> inputs = new ArrayList<>();
    while (!lexer.peek().is(")") && !lexer.peek().is(";")) {
      Token name = lexer.expectName("an input's name");
      lexer.expect(":");
      Type type = types.type();
      inputs.add(leaf(name, new Leaf.Input(name.text(), type)));
      if (!lexer.take(",")) {
        break;
      }
    }
    return inputs;
  }

  private Value leaf(Token name, Op op) {
    Node.Names names = new Node.Names(null, List.of(), statements.doc());
    Value value = Node.of(op, List.of(), Inference.ANY_NUMBER, names, lexer.lineOf(name)).output();
    scope.declare(name, value);
    return value;
  }

  private void parameter() {
    boolean trainable = lexer.next().is("param");
    Token name = lexer.expectName("the parameter's name");
    lexer.expect(":");
    TensorType type = types.tensor();
    lexer.expect("=");
    leaf(name, new Leaf.Parameter(name.text(), literals.data(type), trainable));
  }

  private Graph.Info info() {
    @Nullable String doc = statements.doc();
    return new Graph.Info(doc, statements.metadata());
  }

  private Map<String, Value> outputs() {
    Map<String, Value> outputs = new LinkedHashMap<>();
    lexer.expect("return");
    do {
      Token name = lexer.expectName("an output's name");
      lexer.expect("=");
      Value value = statements.argument();
      if (value == null) {
        throw lexer.fail(name, "TEXT-001", "an output cannot be absent", "name a value");
      }
      if (outputs.put(name.text(), value) != null) {
        throw lexer.fail(
            name,
            "TEXT-003",
            "two outputs are called " + name.text(),
            "give every output a name of its own");
      }
    } while (lexer.take(","));
    return outputs;
  }
}
