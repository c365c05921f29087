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
    Deque<Visit> stack = new ArrayDeque<>();
    for (Value value : values) {
      if (inside.test(value.node()) && opened.add(value.node())) {
        stack.push(new Visit(value.node()));
      }
      while (!stack.isEmpty()) {
        Visit visit = stack.peek();
        if (visit.next == visit.node.inputs().size()) {
          order.add(stack.pop().node);
          continue;
        }
        Value input = visit.node.inputs().get(visit.next++);
        if (input != null && inside.test(input.node()) && opened.add(input.node())) {
          stack.push(new Visit(input.node()));
        }
      }
    }
    return List.copyOf(order);
  }

  /** A node that is being walked over, and which of its inputs comes next. */
  private static final class Visit {
    private final Node node;
    private int next;

    Visit(Node node) {
      this.node = node;
    }
  }

  /** All nodes of a graph, and of the bodies in it at any depth, bodies after their node. */
  public static List<Node> everywhere(Graph graph) {
    if (graph.depth() == 0) {
      return graph.nodes();
    }
    List<Node> found = new ArrayList<>();
    for (Node node : graph.nodes()) {
      found.add(node);
      OpSchema.of(node.op()).bodiesOf(node.op()).forEach(b -> found.addAll(everywhere(b.graph())));
    }
    return found;
  }
}
