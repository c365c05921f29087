package dev.sardonyx.ir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One memoised walk that rebuilds values from the leaves up. What a step leaves alone and whose
 * inputs stay the same keeps its identity, and weights are never copied.
 */
public final class Rewriting {
  /** Decides what becomes of a node. */
  @FunctionalInterface
  public interface Step {
    /**
     * @param node the node as it was
     * @param inputs its inputs, already rewritten
     * @return what takes the place of the node's outputs, or null to apply the same operator to
     *     {@code inputs}
     */
    @Nullable List<Value> apply(Node node, List<@Nullable Value> inputs);
  }

  private final Step step;
  private final Map<Node, List<Value>> done = new HashMap<>();

  public Rewriting(Step step) {
    this.step = step;
  }

  /** The graph with its outputs rewritten; its inputs stay. */
  public static Graph rewrite(Graph graph, Step step) {
    return graph.withOutputs(new Rewriting(step).apply(graph.outputs()));
  }

  /** What becomes of {@code values}. Calls share what they have rewritten. */
  public List<Value> apply(Collection<Value> values) {
    for (Node node : Walk.topological(values)) {
      if (!done.containsKey(node)) {
        done.put(node, rewrite(node));
      }
    }
    return values.stream().map(this::apply).toList();
  }

  private Value apply(Value value) {
    return done.get(value.node()).get(value.index());
  }

  private List<Value> rewrite(Node node) {
    List<@Nullable Value> inputs = new ArrayList<>(node.inputs().size());
    for (Value input : node.inputs()) {
      inputs.add(input == null ? null : apply(input));
    }
    List<Value> replaced = step.apply(node, inputs);
    if (replaced != null) {
      return replaced;
    }
    return inputs.equals(node.inputs()) ? node.outputs() : node.withInputs(inputs).outputs();
  }
}
