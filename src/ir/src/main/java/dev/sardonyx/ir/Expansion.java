package dev.sardonyx.ir;

import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What an operator is told when it is to be said in other operators: the node in its place. */
public final class Expansion {
  /** Expansions expand in turn; deeper ones run in a circle. */
  private static final int MAX_ROUNDS = 32;

  private final Node node;

  Expansion(Node node) {
    this.node = node;
  }

  public Node node() {
    return node;
  }

  /** The number of inputs up to the last present one. */
  public int size() {
    return node.inputs().size();
  }

  public boolean has(int i) {
    return node.hasInput(i);
  }

  /** Input {@code i}, which must be present. */
  public Value x(int i) {
    return node.input(i);
  }

  public Value x() {
    return x(0);
  }

  /** Input {@code i}, or null if it is absent. */
  public @Nullable Value optional(int i) {
    return has(i) ? x(i) : null;
  }

  public ElementType element(int i) {
    return x(i).element();
  }

  public Shape shape(int i) {
    return x(i).shape();
  }

  /** The values that the operator's bodies capture, in their order: the last inputs. */
  public List<Value> captured() {
    int own = size() - node.captures();
    return node.inputs().subList(own, size()).stream().map(Objects::requireNonNull).toList();
  }

  /** How many results the node has. */
  public int outputs() {
    return node.outputs().size();
  }

  /** Whether the node has result {@code i}. */
  public boolean wants(int i) {
    return i < outputs();
  }

  /**
   * The node's results in other operators, or null if it has no expansion; names of the results
   * stay.
   */
  public static @Nullable List<Value> of(Node node) {
    Object op = node.op();
    if (!(op instanceof Expandable expandable)) {
      return null;
    }
    List<@Nullable Value> results =
        Location.within(node.at(), () -> expandable.expand(new Expansion(node)));
    return results == null ? null : named(node, results);
  }

  private static List<Value> named(Node node, List<@Nullable Value> results) {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < node.outputs().size(); i++) {
      Value value = i < results.size() ? results.get(i) : null;
      // Nobody uses what is missing, or the operator would have made it.
      values.add(value != null ? value : node.outputs().get(i));
    }
    return Naming.like(node, values);
  }

  /**
   * The graph, and the bodies in it, with every operator expanded that {@code keep} does not keep
   * and that has an expansion; what that gives is expanded in turn.
   */
  public static Graph expand(Graph graph, Predicate<Node> keep) {
    Graph current = graph;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Graph next = Rewriting.deep(current, (node, inputs) -> step(node, inputs, keep));
      if (next.outputs().equals(current.outputs())) {
        return current;
      }
      current = next;
    }
    return current;
  }

  private static @Nullable List<Value> step(
      Node node, List<@Nullable Value> inputs, Predicate<Node> keep) {
    if (node.isLeaf()) {
      return null;
    }
    Node rebuilt = inputs.equals(node.inputs()) ? node : node.withInputs(inputs);
    List<Value> expanded = keep.test(rebuilt) ? null : of(rebuilt);
    return expanded != null ? expanded : rebuilt.outputs();
  }
}
