package dev.sardonyx.ir;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.type.Type;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A graph that an operator runs: a branch of {@code If}, the body of {@code Loop} or {@code Scan}.
 *
 * <p>A body is closed: what it uses of its surroundings comes in as further inputs, after those
 * that the operator itself gives it, and the node has those values as further inputs of its own,
 * after the operator's. So a value inside a body belongs to that body alone, and whoever walks over
 * a graph need not know of bodies. All bodies of one node take the same captures in the same order.
 * Files, where a body names outer values freely, are translated at their border. {@link Closure}
 * makes bodies.
 *
 * <p>Equality is by identity of the graph: two nodes with bodies are never taken for the same.
 *
 * @param graph without parameters: those belong to the outermost graph (GRAPH-010); its inputs are
 *     what the operator gives, then the captures
 * @param captures how many of the last inputs are captures
 */
public record Body(Graph graph, int captures) {
  public Body {
    if (captures < 0 || captures > graph.inputs().size()) {
      throw new IllegalArgumentException(
          "%s captures among %s inputs".formatted(captures, graph.inputs().size()));
    }
    if (!graph.parameters().isEmpty()) {
      Value parameter = graph.parameters().get(0);
      throw new Diagnostic(
              "GRAPH-010",
              "parameter %s lies inside a body".formatted(parameter.name()),
              parameter.node().at(),
              "body: " + graph.name(),
              "parameters belong to the whole model: let the body capture it")
          .exception();
    }
  }

  /** The inputs that the operator gives. */
  public List<Value> formals() {
    return graph.inputs().subList(0, graph.inputs().size() - captures);
  }

  /** The inputs that stand for values of the surroundings. */
  public List<Value> captured() {
    return graph.inputs().subList(graph.inputs().size() - captures, graph.inputs().size());
  }

  public List<Value> outputs() {
    return graph.outputs();
  }

  public List<Type> outputTypes() {
    return graph.outputs().stream().map(Value::type).toList();
  }

  /**
   * The outputs, computed outside the body from these values.
   *
   * @param given one value for each of {@link #formals}
   * @param outer one for each of {@link #captured}: the last inputs of the node
   */
  public List<Value> inline(List<Value> given, List<Value> outer) {
    Map<Value, Value> replacements = new HashMap<>();
    for (int i = 0; i < given.size(); i++) {
      replacements.put(formals().get(i), given.get(i));
    }
    for (int i = 0; i < captures; i++) {
      replacements.put(captured().get(i), outer.get(i));
    }
    return Rewriting.substitute(outputs(), replacements);
  }

  /** The same interface around another graph; this body if the graph is the same. */
  public Body map(UnaryOperator<Graph> change) {
    Graph changed = change.apply(graph);
    return changed == graph ? this : new Body(changed, captures);
  }
}
