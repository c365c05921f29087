package dev.sardonyx.compiler;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The values of a graph that a file or a user gave names, and its outputs. */
final class NamedValues {
  private NamedValues() {}

  static Map<String, Value> of(Graph graph) {
    Map<String, Value> named = of(graph.nodes());
    for (int i = 0; i < graph.outputs().size(); i++) {
      named.put(graph.outputNames().get(i), graph.outputs().get(i));
    }
    return named;
  }

  static Map<String, Value> of(List<Node> nodes) {
    Map<String, Value> named = new LinkedHashMap<>();
    for (Node node : nodes) {
      for (Value value : node.outputs()) {
        if (value.name() != null) {
          named.put(value.name(), value);
        }
      }
    }
    return named;
  }
}
