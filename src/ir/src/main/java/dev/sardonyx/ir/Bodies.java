package dev.sardonyx.ir;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the gradients of operators with bodies have in common. */
final class Bodies {
  private Bodies() {}

  /** The values that a node's bodies capture, its last inputs. */
  static List<Value> captured(Node node) {
    int own = node.inputs().size() - node.captures();
    return node.inputs().subList(own, node.inputs().size()).stream()
        .map(Objects::requireNonNull)
        .toList();
  }

  /** The captured values that need a gradient, each once. */
  static List<Value> wanted(Pullback p) {
    List<Value> wanted = new ArrayList<>();
    for (int i = p.size() - p.node().captures(); i < p.size(); i++) {
      if (p.wants(i) && !wanted.contains(p.x(i))) {
        wanted.add(p.x(i));
      }
    }
    return wanted;
  }

  /** Gradients, zeros where there are none. */
  static List<Value> orZeros(List<? extends @Nullable Value> gradients, List<Value> values) {
    List<Value> all = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Value gradient = gradients.get(i);
      all.add(gradient != null ? gradient : Cotangents.zeros(values.get(i)));
    }
    return all;
  }
}
