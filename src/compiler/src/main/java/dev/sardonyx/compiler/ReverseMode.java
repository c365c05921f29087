package dev.sardonyx.compiler;

import dev.sardonyx.ir.Broadcasts;
import dev.sardonyx.ir.Cotangents;
import dev.sardonyx.ir.Expansion;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Pullback;
import dev.sardonyx.ir.Since;
import dev.sardonyx.ir.StraightThrough;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.Walk;
import dev.sardonyx.ir.diagnostic.Location;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The walk from outputs to inputs: it adds up the gradients of a value that is used several times
 * and sums back over broadcast axes, so that no rule has to.
 */
final class ReverseMode {
  private final List<Value> outputs;
  private final List<Value> wrt;
  private final boolean straight;
  private final Checkpointing checkpointing;
  private final List<Node> order;
  private final Set<Value> active;
  private final Map<Value, Value> gradients = new HashMap<>();

  /**
   * @param straight whether quantized numbers are taken for what they stand for
   * @param checkpointing which forward values are computed again
   */
  ReverseMode(List<Value> outputs, List<Value> wrt, boolean straight, Checkpointing checkpointing) {
    this(outputs, wrt, straight, checkpointing, node -> true);
  }

  /**
   * @param inside where gradients flow: what lies behind {@code wrt} is the business of others
   */
  private ReverseMode(
      List<Value> outputs,
      List<Value> wrt,
      boolean straight,
      Checkpointing checkpointing,
      Predicate<Node> inside) {
    this.outputs = outputs;
    this.straight = straight;
    this.checkpointing = checkpointing;
    this.wrt = wrt;
    this.order = Walk.topological(outputs, inside);
    this.active = dependents();
  }

  /** What was asked for and what depends on it: all else is constant to us. */
  private Set<Value> dependents() {
    Set<Value> found = new HashSet<>(wrt);
    for (Node node : order) {
      if (node.inputs().stream().anyMatch(found::contains)) {
        found.addAll(node.outputs());
      }
    }
    return found;
  }

  List<Value> run(List<Value> cotangents) {
    walk(cotangents);
    List<Value> results = new ArrayList<>();
    for (Value value : wrt) {
      Value gradient = gradients.get(value);
      results.add(gradient != null ? gradient : value.zerosLike());
    }
    return results;
  }

  private void walk(List<Value> cotangents) {
    for (int i = 0; i < outputs.size(); i++) {
      add(outputs.get(i), cotangents.get(i));
    }
    List<Segments.Part> parts = checkpointing.of(Segments.of(order)).parts();
    Value truth = parts.size() == 1 ? null : Recomputation.truth(order);
    for (int i = parts.size() - 1; i >= 0; i--) {
      Segments.Part part = parts.get(i);
      if (!part.again() || truth == null || !recompute(part.nodes(), truth)) {
        back(part.nodes());
      }
    }
  }

  private boolean recompute(List<Node> nodes, Value truth) {
    Recomputation again = new Recomputation(nodes);
    Map<Value, Value> found =
        again.gradients(truth, gradients, active::contains, wrt, this::within);
    if (found == null) {
      return false;
    }
    // Of what lies inside it is the whole gradient, with the part that came from outside.
    found.keySet().stream().filter(again::makes).forEach(gradients::remove);
    found.forEach(this::add);
    return true;
  }

  private void back(List<Node> nodes) {
    for (int i = nodes.size() - 1; i >= 0; i--) {
      Node node = nodes.get(i);
      OpSchema schema = OpSchema.of(node.op());
      boolean reaches = node.inputs().stream().anyMatch(active::contains);
      if (reaches && schema.notDifferentiable() == null) {
        Location.within(node.at(), () -> pullBack(node));
      }
    }
  }

  private @Nullable Void pullBack(Node node) {
    List<@Nullable Value> cotangents = new ArrayList<>();
    node.outputs().forEach(v -> cotangents.add(gradients.get(v)));
    if (cotangents.stream().allMatch(v -> v == null)) {
      return null;
    }
    Value dy = cotangents.get(0);
    if (straight && dy != null && StraightThrough.applies(node)) {
      StraightThrough.through(node, dy, this::within).forEach(s -> add(s.of(), s.gradient()));
      if (StraightThrough.fitsItsInput(node)) {
        return null;
      }
    }
    List<@Nullable Value> results = gradients(node, cotangents);
    for (int i = 0; i < results.size(); i++) {
      Value gradient = results.get(i);
      if (gradient != null && node.hasInput(i) && active.contains(node.input(i))) {
        Value input = node.input(i);
        add(input, node.op() instanceof Broadcasts ? gradient.sumTo(input) : gradient);
      }
    }
    return null;
  }

  private List<@Nullable Value> gradients(Node node, List<@Nullable Value> cotangents) {
    Pullback pullback = new Pullback(node, cotangents, active::contains, this::within);
    OpSchema schema = OpSchema.of(node.op());
    if (!schema.differentiatesThroughExpansion()) {
      return node.op().vjps(pullback);
    }
    Since since = Since.now();
    List<Value> results = Expansion.of(node);
    if (results == null) {
      throw pullback.fail(
          "GRAD-004",
          "cannot be differentiated in this form: it has no expansion",
          "give the model's inputs shapes, or use operators that have a gradient");
    }
    return pullback.through(results, since);
  }

  private List<@Nullable Value> within(
      List<Value> results, List<Value> cotangents, List<Value> values, Since since) {
    ReverseMode inside =
        new ReverseMode(results, values, straight, Checkpointing.none(), since::made);
    inside.walk(cotangents);
    return values.stream()
        .map(inside.gradients::get)
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private void add(Value value, Value gradient) {
    if (Cotangents.exist(value.type())) {
      gradients.merge(value, Cotangents.typed(gradient, value), Cotangents::add);
    }
  }
}
