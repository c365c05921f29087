package dev.sardonyx.onnx;

import dev.sardonyx.ir.Expansion;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Naming;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.Walk;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
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

  /** For the same reason: how many nodes may be said otherwise, for each node that there is. */
  private static final int MAX_GROWTH = 256;

  private static final int SHOWN = 12;

  private final int opset;
  private long left;

  private Restatement(int opset, long left) {
    this.opset = opset;
    this.left = left;
  }

  /**
   * @throws DiagnosticException if some nodes cannot be said (ONNX-013): all are named at once
   */
  static Graph of(Graph graph, int opset) {
    int nodes = Walk.everywhere(graph).size();
    Restatement restatement = new Restatement(opset, 1024 + (long) MAX_GROWTH * nodes);
    Graph current = graph;
    List<Node> lacking = lacking(graph, opset);
    for (int round = 0; !lacking.isEmpty(); round++) {
      Graph next = Rewriting.deep(current, restatement::step);
      if (next == current || round == MAX_ROUNDS) {
        throw refuse(lacking, opset);
      }
      current = next;
      lacking = lacking(current, opset);
    }
    return current;
  }

  private static List<Node> lacking(Graph graph, int opset) {
    return Walk.everywhere(graph).stream().filter(n -> !Opset.expressible(n, opset)).toList();
  }

  /** Refuses a node that the opset cannot hold as it is. */
  static void require(Node node, int opset) {
    if (!Opset.expressible(node, opset)) {
      throw refuse(List.of(node), opset);
    }
  }

  private @Nullable List<Value> step(Node node, List<@Nullable Value> inputs) {
    if (node.isLeaf()) {
      return null;
    }
    Node moved = inputs.equals(node.inputs()) ? node : node.withInputs(inputs);
    if (left <= 0 || Opset.expressible(moved, opset)) {
      return moved.outputs();
    }
    left--;
    List<Value> said = Location.within(moved.at(), () -> said(moved, opset));
    return said != null ? said : moved.outputs();
  }

  private static @Nullable List<Value> said(Node node, int opset) {
    List<Value> values = Rephrasing.of(node);
    if (values == null) {
      values = Widening.of(node, opset);
    }
    return values == null ? Expansion.of(node) : Naming.like(node, values);
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
            "%s cannot be written at opset %s".formatted(String.join(", ", types), opset),
            left.get(0).at(),
            nodes + (others > 0 ? "   and %s more".formatted(others) : ""),
            "the operators, their attributes and element types exist together from opset %s on"
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
