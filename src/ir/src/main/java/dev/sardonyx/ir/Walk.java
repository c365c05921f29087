package dev.sardonyx.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Walks over values with an explicit stack: graphs are deeper than Java's own. */
public final class Walk {
  private Walk() {}

  /**
   * The nodes that {@code values} reach, each once and after those it depends on; the order is a
   * function of the graph alone.
   */
  public static List<Node> topological(Collection<Value> values) {
    return topological(values, node -> true);
  }

  /** The same, without the nodes that are not {@code inside} and what lies behind them. */
  public static List<Node> topological(Collection<Value> values, Predicate<Node> inside) {
    List<Node> order = new ArrayList<>();
    Set<Node> opened = new HashSet<>();
    Set<Node> closed = new HashSet<>();
    Deque<Node> stack = new ArrayDeque<>();
    for (Value value : values) {
      if (inside.test(value.node())) {
        stack.push(value.node());
      }
      while (!stack.isEmpty()) {
        Node node = stack.peek();
        if (opened.add(node)) {
          for (int i = node.inputs().size() - 1; i >= 0; i--) {
            Value input = node.inputs().get(i);
            if (input != null && !opened.contains(input.node()) && inside.test(input.node())) {
              stack.push(input.node());
            }
          }
        } else {
          stack.pop();
          if (closed.add(node)) {
            order.add(node);
          }
        }
      }
    }
    return List.copyOf(order);
  }

  /** All nodes of a graph, and of the bodies in it at any depth, bodies after their node. */
  public static List<Node> everywhere(Graph graph) {
    List<Node> found = new ArrayList<>();
    for (Node node : graph.nodes()) {
      found.add(node);
      OpSchema.of(node.op()).bodiesOf(node.op()).forEach(b -> found.addAll(everywhere(b.graph())));
    }
    return found;
  }
}
