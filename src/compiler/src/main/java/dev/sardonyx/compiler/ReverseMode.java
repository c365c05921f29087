package dev.sardonyx.compiler;

import dev.sardonyx.ir.Broadcasts;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Pullback;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.Walk;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The walk from outputs to inputs: it adds up the gradients of a value that is used several times
 * and sums back over broadcast axes, so that no rule has to.
 */
final class ReverseMode {
  private final List<Value> outputs;
  private final List<Value> wrt;
  private final List<Node> order;
  private final Set<Node> active;
  private final Map<Value, Value> gradients = new HashMap<>();

  ReverseMode(List<Value> outputs, List<Value> wrt) {
    this.outputs = outputs;
    this.wrt = wrt;
    this.order = Walk.topological(outputs);
    this.active = dependents();
  }

  /** The nodes that depend on what was asked for: all others are constants to us. */
  private Set<Node> dependents() {
    Set<Value> asked = new HashSet<>(wrt);
    Set<Node> found = new HashSet<>();
    for (Node node : order) {
      boolean depends =
          node.inputs().stream().anyMatch(v -> v != null && found.contains(v.node()))
              || node.outputs().stream().anyMatch(asked::contains);
      if (depends) {
        found.add(node);
      }
    }
    return found;
  }

  List<Value> run(List<Value> cotangents) {
    for (int i = 0; i < outputs.size(); i++) {
      add(outputs.get(i), cotangents.get(i));
    }
    for (int i = order.size() - 1; i >= 0; i--) {
      Node node = order.get(i);
      if (active.contains(node) && OpSchema.of(node.op()).notDifferentiable() == null) {
        Location.within(node.at(), () -> pullBack(node));
      }
    }
    List<Value> results = new ArrayList<>();
    for (Value value : wrt) {
      Value gradient = gradients.get(value);
      results.add(gradient != null ? gradient : value.zerosLike());
    }
    return results;
  }

  private @Nullable Void pullBack(Node node) {
    List<@Nullable Value> cotangents = new ArrayList<>();
    node.outputs().forEach(v -> cotangents.add(gradients.get(v)));
    boolean needed = node.inputs().stream().anyMatch(v -> v != null && active.contains(v.node()));
    if (!needed || cotangents.stream().allMatch(v -> v == null)) {
      return null;
    }
    List<@Nullable Value> results = node.op().vjps(new Pullback(node, cotangents));
    for (int i = 0; i < results.size(); i++) {
      Value gradient = results.get(i);
      if (gradient != null && node.hasInput(i) && active.contains(node.input(i).node())) {
        Value input = node.input(i);
        add(input, node.op() instanceof Broadcasts ? gradient.sumTo(input) : gradient);
      }
    }
    return null;
  }

  private void add(Value value, Value gradient) {
    if (value.type() instanceof TensorType t && t.element().isFloat()) {
      gradients.merge(value, gradient, Value::add);
    }
  }
}
