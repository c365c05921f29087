package dev.sardonyx.compiler;

import dev.sardonyx.ir.Comparison;
import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.Cotangents;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Pullback;
import dev.sardonyx.ir.Since;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of nodes that are computed again.
 *
 * <pre>
 *  y = f(x)   ->   dx = If(true, then(x, dy: y' = f(x), f's gradient at x, y', dy), else(x: x))
 * </pre>
 *
 * The other branch is never run; it has but the type.
 */
final class Recomputation {
  private final List<Node> nodes;
  private final Set<Node> inside;

  Recomputation(List<Node> nodes) {
    this.nodes = nodes.stream().filter(node -> !node.isLeaf()).toList();
    this.inside = new HashSet<>(this.nodes);
  }

  /** Whether a value is one of those that are computed again. */
  boolean makes(Value value) {
    return inside.contains(value.node());
  }

  /**
   * A truth value that is certainly true, and that nobody knows before it runs; null if nothing is
   * given at run time.
   */
  static @Nullable Value truth(Collection<Node> nodes) {
    for (Node node : nodes) {
      if (node.op() instanceof Leaf.Input
          && node.output().type() instanceof TensorType t
          && (t.element().isFloat()
              || t.element().isInteger()
              || t.element() == ElementType.BOOL)) {
        Value first = node.output().reshape(-1).slice(0, 0, 1).cast(ElementType.BOOL);
        Value some = Value.constant(Tensor.of(new boolean[] {true}));
        Value bool = Value.concat(0, first, some).gather(Value.scalar(ElementType.INT64, 0), 0);
        return Value.of(new Comparison.Or(), bool, bool.not());
      }
    }
    return null;
  }

  /**
   * The gradients of what the nodes take, and of those asked for among what they make; null if they
   * take anything but tensors, which is not supported.
   *
   * @param gradients of their results, as far as there are any
   */
  @Nullable Map<Value, Value> gradients(
      Value truth,
      Map<Value, Value> gradients,
      Predicate<Value> active,
      Collection<Value> asked,
      Pullback.Reverse reverse) {
    List<Value> reached = new ArrayList<>();
    Set<Value> wanted = new LinkedHashSet<>();
    for (Node node : nodes) {
      node.outputs().stream().filter(gradients::containsKey).forEach(reached::add);
      for (Value input : node.inputs()) {
        if (input != null && active.test(input) && !makes(input)) {
          wanted.add(input);
        }
      }
    }
    asked.stream().filter(this::makes).forEach(wanted::add);
    wanted.removeIf(v -> !Cotangents.exist(v.type()));
    if (reached.isEmpty() || wanted.isEmpty()) {
      return Map.of();
    }
    if (!wanted.stream().allMatch(v -> v.type() instanceof TensorType)) {
      return null;
    }
    List<Value> given = reached.stream().map(gradients::get).toList();
    return branch(truth, reached, given, List.copyOf(wanted), reverse);
  }

  private Map<Value, Value> branch(
      Value truth,
      List<Value> reached,
      List<Value> given,
      List<Value> wanted,
      Pullback.Reverse reverse) {
    Map<Value, Value> found = new LinkedHashMap<>();
    List<Value> results =
        ControlFlow.branch(
            truth,
            () -> {
              Since since = Since.now();
              Map<Value, Value> again = again();
              List<@Nullable Value> inner =
                  reverse.gradients(renamed(reached, again), given, renamed(wanted, again), since);
              for (int i = 0; i < wanted.size(); i++) {
                Value gradient = inner.get(i);
                if (gradient != null) {
                  found.put(wanted.get(i), gradient);
                }
              }
              return found.isEmpty() ? given : List.copyOf(found.values());
            },
            () ->
                found.isEmpty()
                    ? given
                    : renamed(List.copyOf(found.keySet()), typical(found.keySet())));
    int i = 0;
    for (Map.Entry<Value, Value> entry : found.entrySet()) {
      entry.setValue(results.get(i++));
    }
    return found;
  }

  /** For what is made inside, zeros of its type. */
  private Map<Value, Value> typical(Set<Value> values) {
    Map<Value, Value> typical = new HashMap<>();
    values.stream().filter(this::makes).forEach(v -> typical.put(v, v.zerosLike()));
    return typical;
  }

  /** The nodes' results, computed again. */
  private Map<Value, Value> again() {
    Map<Value, Value> again = new HashMap<>();
    for (Node node : nodes) {
      List<@Nullable Value> inputs = new ArrayList<>();
      node.inputs().forEach(v -> inputs.add(v == null ? null : again.getOrDefault(v, v)));
      Node copy = Node.of(node.op(), inputs, node.types().size(), Node.Names.NONE, node.at());
      for (Value value : node.outputs()) {
        again.put(value, copy.outputs().get(value.index()));
      }
    }
    return again;
  }

  private static List<Value> renamed(List<Value> values, Map<Value, Value> names) {
    return values.stream().map(v -> names.getOrDefault(v, v)).toList();
  }
}
