package dev.sardonyx.ir;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Walks over values with an explicit stack: graphs are deeper than Java's own. */
public final class Walk {
  private Walk() {}

  /**
   * The nodes that {@code values} reach, each once and after those it depends on; the order is a
   * function of the graph alone.
   */
  public static List<Node> topological(Collection<Value> values) {
    List<Node> order = new ArrayList<>();
    Set<Node> opened = new HashSet<>();
    Set<Node> closed = new HashSet<>();
    Deque<Node> stack = new ArrayDeque<>();
    for (Value value : values) {
      stack.push(value.node());
      while (!stack.isEmpty()) {
        Node node = stack.peek();
        if (opened.add(node)) {
          for (int i = node.inputs().size() - 1; i >= 0; i--) {
            Value input = node.inputs().get(i);
            if (input != null && !opened.contains(input.node())) {
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
}
