package dev.sardonyx.ir;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
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

  /** The graph with its outputs rewritten; its inputs stay. The graph itself if nothing changes. */
  public static Graph rewrite(Graph graph, Step step) {
    List<Value> outputs = new Rewriting(step).apply(graph.outputs());
    return outputs.equals(graph.outputs()) ? graph : graph.withOutputs(outputs);
  }

  /** The graph and the bodies of its nodes, at any depth, rewritten: bodies first. */
  public static Graph deep(Graph graph, Step step) {
    return rewrite(
        graph,
        (node, inputs) -> {
          Node inner = withBodies(node, inputs, body -> deep(body, step));
          List<Value> replaced = step.apply(inner, inner.inputs());
          return replaced != null ? replaced : inner.outputs();
        });
  }

  /** The node on {@code inputs} with its bodies changed; the node itself where nothing changes. */
  private static Node withBodies(
      Node node, List<@Nullable Value> inputs, UnaryOperator<Graph> change) {
    Node moved = inputs.equals(node.inputs()) ? node : node.withInputs(inputs);
    OpSchema schema = OpSchema.of(node.op());
    return schema.hasBodies()
        ? moved.withOp(schema.withBodies(node.op(), body -> body.map(change)))
        : moved;
  }

  /** The graph with the bodies of its own nodes changed; what lies in these is up to the change. */
  public static Graph bodies(Graph graph, UnaryOperator<Graph> change) {
    if (graph.depth() == 0) {
      return graph;
    }
    return rewrite(graph, (node, inputs) -> withBodies(node, inputs, change).outputs());
  }

  /** {@code values} with some of what they reach replaced. */
  public static List<Value> substitute(List<Value> values, Map<Value, Value> replacements) {
    return new Rewriting(
            (node, inputs) -> {
              if (node.outputs().stream().noneMatch(replacements::containsKey)) {
                return null;
              }
              return node.outputs().stream().map(v -> replacements.getOrDefault(v, v)).toList();
            })
        .apply(values);
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
