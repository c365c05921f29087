package dev.sardonyx.onnx;

import dev.sardonyx.ir.Body;
import dev.sardonyx.ir.Expansion;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Says a graph in what an opset has. A node that a file of the opset cannot hold is said by the
 * same operator put otherwise ({@link Rephrasing}), by the operator on wider element types ({@link
 * Widening}), or by other operators ({@link Expansion}); what that gives is looked at in turn.
 */
final class Restatement {
  /** What is said in other operators comes to an end sooner, unless it goes round in a circle. */
  private static final int MAX_ROUNDS = 32;

  private static final int SHOWN = 12;

  private Restatement() {}

  /**
   * @throws DiagnosticException if some nodes cannot be said (ONNX-013): all are named at once
   */
  static Graph of(Graph graph, int opset) {
    Graph current = graph;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Graph next = Rewriting.deep(current, (node, inputs) -> step(node, inputs, opset));
      if (next == current) {
        break;
      }
      current = next;
    }
    List<Node> left = new ArrayList<>();
    collect(current, opset, left);
    if (!left.isEmpty()) {
      throw refuse(left, opset);
    }
    return current;
  }

  /** Refuses a node that the opset cannot hold as it is. */
  static void require(Node node, int opset) {
    if (!Opset.expressible(node, opset)) {
      throw refuse(List.of(node), opset);
    }
  }

  private static @Nullable List<Value> step(Node node, List<@Nullable Value> inputs, int opset) {
    if (node.isLeaf()) {
      return null;
    }
    Node moved = inputs.equals(node.inputs()) ? node : node.withInputs(inputs);
    if (Opset.expressible(moved, opset)) {
      return moved.outputs();
    }
    List<Value> said = Location.within(moved.at(), () -> said(moved, opset));
    return said != null ? said : moved.outputs();
  }

  private static @Nullable List<Value> said(Node node, int opset) {
    List<Value> values = Rephrasing.of(node);
    if (values == null) {
      values = Widening.of(node, opset);
    }
    return values == null ? Expansion.of(node) : named(node, values);
  }

  /** The values under the names of the node's results. */
  private static List<Value> named(Node node, List<Value> values) {
    List<Value> named = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Value value = values.get(i);
      String name = node.outputs().get(i).name();
      boolean rename = name != null && value.name() == null && !value.node().isLeaf();
      named.add(rename ? value.named(name) : value);
    }
    return named;
  }

  private static void collect(Graph graph, int opset, List<Node> left) {
    for (Node node : graph.nodes()) {
      if (!Opset.expressible(node, opset)) {
        left.add(node);
      }
      for (Body body : OpSchema.of(node.op()).bodiesOf(node.op())) {
        collect(body.graph(), opset, left);
      }
    }
  }

  private static DiagnosticException refuse(List<Node> left, int opset) {
    TreeSet<String> types =
        left.stream()
            .map(n -> OpSchema.of(n.op()).type())
            .collect(Collectors.toCollection(TreeSet::new));
    String nodes =
        left.stream().limit(SHOWN).map(Restatement::shown).collect(Collectors.joining("   "));
    int others = left.size() - SHOWN;
    int oldest =
        IntStream.rangeClosed(opset, Opset.NEWEST)
            .filter(n -> left.stream().allMatch(node -> Opset.expressible(node, n)))
            .findFirst()
            .orElse(Opset.NEWEST);
    return new Diagnostic(
            "ONNX-013",
            "%s cannot be written at opset %d".formatted(String.join(", ", types), opset),
            left.get(0).at(),
            nodes + (others > 0 ? "   and %d more".formatted(others) : ""),
            "the operators, their attributes and element types exist together from opset %d on"
                .formatted(oldest))
        .exception();
  }

  private static String shown(Node node) {
    String types =
        node.inputs().stream()
            .map(v -> v == null ? "_" : v.type().toString())
            .collect(Collectors.joining(", "));
    return "%s(%s)".formatted(Source.shown(node.op().toString()), types);
  }
}
