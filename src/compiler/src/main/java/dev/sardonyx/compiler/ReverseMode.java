package dev.sardonyx.compiler;

import dev.sardonyx.ir.Broadcasts;
import dev.sardonyx.ir.Expansion;
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
import java.util.Objects;
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
      OpSchema schema = OpSchema.of(node.op());
      if (active.contains(node) && (schema.notDifferentiable() == null || schema.lacksGradient())) {
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
    List<@Nullable Value> results = gradients(node, cotangents);
    for (int i = 0; i < results.size(); i++) {
      Value gradient = results.get(i);
      if (gradient != null && node.hasInput(i) && active.contains(node.input(i).node())) {
        Value input = node.input(i);
        add(input, node.op() instanceof Broadcasts ? gradient.sumTo(input) : gradient);
      }
    }
    return null;
  }

  private static List<@Nullable Value> gradients(Node node, List<@Nullable Value> cotangents) {
    Pullback pullback = new Pullback(node, cotangents);
    OpSchema schema = OpSchema.of(node.op());
    if (schema.lacksGradient()) {
      throw pullback.fail(
          "GRAD-003",
          "cannot be differentiated: " + schema.notDifferentiable(),
          "use operators that have a gradient, or freeze what lies before it");
    }
    if (!schema.differentiatesThroughExpansion()) {
      return node.op().vjps(pullback);
    }
    List<Value> results = Expansion.of(node);
    if (results == null) {
      throw pullback.fail(
          "GRAD-004",
          "cannot be differentiated in this form: it has no expansion",
          "give the model's inputs shapes, or use operators that have a gradient");
    }
    return throughExpansion(node, results, cotangents);
  }

  private static List<@Nullable Value> throughExpansion(
      Node node, List<Value> results, List<@Nullable Value> cotangents) {
    List<Value> reached = new ArrayList<>();
    List<Value> given = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      if (cotangents.get(i) != null) {
        reached.add(results.get(i));
        given.add(cotangents.get(i));
      }
    }
    List<Value> inputs = node.inputs().stream().filter(Objects::nonNull).distinct().toList();
    ReverseMode inside = new ReverseMode(reached, inputs);
    inside.run(given);
    // An input that stands twice gets its whole gradient at its first place.
    Set<Value> done = new HashSet<>();
    List<@Nullable Value> gradients = new ArrayList<>();
    for (Value input : node.inputs()) {
      gradients.add(input != null && done.add(input) ? inside.gradients.get(input) : null);
    }
    return gradients;
  }

  private void add(Value value, Value gradient) {
    if (value.type() instanceof TensorType t && t.element().isFloat()) {
      gradients.merge(value, gradient, Value::add);
    }
  }
}
