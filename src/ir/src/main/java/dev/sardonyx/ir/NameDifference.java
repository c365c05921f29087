package dev.sardonyx.ir;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where the names in two graphs, which are equal but for names, first differ. */
final class NameDifference {
  private final Graph a;
  private final Graph b;
  private final Map<Value, String> outputNames = new HashMap<>();
  private final Set<Value> used = new HashSet<>();

  NameDifference(Graph a, Graph b) {
    this.a = a;
    this.b = b;
    register(a);
    register(b);
  }

  private void register(Graph graph) {
    for (int i = 0; i < graph.outputs().size(); i++) {
      outputNames.putIfAbsent(graph.outputs().get(i), graph.outputNames().get(i));
    }
    used.addAll(graph.outputs());
    graph.nodes().forEach(n -> used.addAll(n.inputs()));
  }

  /**
   * The first difference.
   *
   * @param formals how many inputs have names of their own: those of captured values have none
   */
  @Nullable String find(int formals) {
    for (int i = 0; i < formals; i++) {
      String difference = between(a.inputs().get(i).node(), b.inputs().get(i).node());
      if (difference != null) {
        return difference;
      }
    }
    List<Node> left = computed(a);
    List<Node> right = computed(b);
    for (int i = 0; i < left.size(); i++) {
      String difference = between(left.get(i), right.get(i));
      if (difference != null) {
        return difference;
      }
    }
    return leaves();
  }

  private static List<Node> computed(Graph graph) {
    return graph.nodes().stream().filter(n -> !n.isLeaf()).toList();
  }

  /** Leaves need not come in step, so each is looked for by what it is. */
  private @Nullable String leaves() {
    Map<List<@Nullable Object>, Node> left = leaves(a);
    Map<List<@Nullable Object>, Node> right = leaves(b);
    for (Map.Entry<List<@Nullable Object>, Node> entry : left.entrySet()) {
      if (!right.containsKey(entry.getKey())) {
        return "only one graph has %s with the names %s"
            .formatted(entry.getValue().output(), entry.getValue().names());
      }
    }
    return left.size() == right.size() ? null : "a leaf has other names";
  }

  private Map<List<@Nullable Object>, Node> leaves(Graph graph) {
    Map<List<@Nullable Object>, Node> leaves = new LinkedHashMap<>();
    for (Node node : graph.nodes()) {
      if (node.isLeaf() && !(node.op() instanceof Leaf.Input)) {
        List<@Nullable Object> key =
            Arrays.asList(
                node.op(), node.names().node(), node.names().docString(), name(node.output()));
        leaves.put(key, node);
      }
    }
    return leaves;
  }

  private @Nullable String between(Node x, Node y) {
    if (!Objects.equals(x.names().node(), y.names().node())) {
      return "a node is called %s against %s".formatted(x.names().node(), y.names().node());
    }
    if (!Objects.equals(x.names().docString(), y.names().docString())) {
      return "%s is described as %s against %s"
          .formatted(x, x.names().docString(), y.names().docString());
    }
    if (!x.names().metadata().equals(y.names().metadata())) {
      return "%s has the properties %s against %s"
          .formatted(x, x.names().metadata(), y.names().metadata());
    }
    for (int i = 0; i < Math.min(x.outputs().size(), y.outputs().size()); i++) {
      Value left = x.outputs().get(i);
      Value right = y.outputs().get(i);
      boolean differ = !Objects.equals(name(left), name(right));
      if (differ && (used.contains(left) || used.contains(right))) {
        return "result %s of %s is called %s against %s"
            .formatted(i, x.op(), name(left), name(right));
      }
    }
    return null;
  }

  private @Nullable String name(Value value) {
    String name = value.name();
    return name != null ? name : outputNames.get(value);
  }
}
