package dev.sardonyx.compiler;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies rules, from the inputs to the outputs, again and again until none fires. */
public final class Simplify implements Pass {
  /** A bound against rules that undo each other; real graphs settle within a handful. */
  private static final int MAX_ROUNDS = 100;

  private final List<Rule> rules;

  public Simplify(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  public Simplify(Rule... rules) {
    this(List.of(rules));
  }

  @Override
  public Graph run(Graph graph) {
    Graph current = graph;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Graph next = once(current);
      if (next.outputs().equals(current.outputs())) {
        return next;
      }
      current = next;
    }
    throw new IllegalStateException("rules undo each other: " + rules);
  }

  private Graph once(Graph graph) {
    Map<Value, Integer> uses = countUses(graph);
    return Rewriting.rewrite(
        graph,
        (node, inputs) -> {
          Node rebuilt = inputs.equals(node.inputs()) ? node : node.withInputs(inputs);
          for (int i = 0; i < node.outputs().size(); i++) {
            uses.put(rebuilt.outputs().get(i), uses.getOrDefault(node.outputs().get(i), 0));
          }
          Value replaced = firstThatFires(rebuilt, uses);
          if (replaced == null) {
            return rebuilt.outputs();
          }
          uses.put(replaced, uses.getOrDefault(node.output(), 0));
          return List.of(replaced);
        });
  }

  private @Nullable Value firstThatFires(Node node, Map<Value, Integer> uses) {
    boolean firstOutputOnly =
        node.outputs().stream().skip(1).allMatch(v -> uses.getOrDefault(v, 0) == 0);
    if (node.isLeaf() || !firstOutputOnly) {
      return null;
    }
    for (Rule rule : rules) {
      Value replaced = rule.rewrite(node, v -> uses.getOrDefault(v, 1));
      if (replaced != null) {
        return replaced;
      }
    }
    return null;
  }

  private static Map<Value, Integer> countUses(Graph graph) {
    Map<Value, Integer> uses = new HashMap<>();
    for (Node node : graph.nodes()) {
      for (Value input : node.inputs()) {
        if (input != null) {
          uses.merge(input, 1, Integer::sum);
        }
      }
    }
    graph.outputs().forEach(v -> uses.merge(v, 1, Integer::sum));
    return uses;
  }
}
