package dev.sardonyx.compiler;

import dev.sardonyx.ir.Gradient;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.Walk;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Computes what the operator {@link Gradient} only names.
 *
 * <pre>
 *  y = f(x, z);  Gradient(xs = [x], zs = [z], y)(a, b)   ->   df/dx at x = a, z = b
 * </pre>
 *
 * A value is found by the name that the file or the user gave it. Where y is a tensor, the sum of
 * its elements is differentiated.
 */
public final class LowerGradient implements Pass {
  @Override
  public Graph run(Graph graph) {
    return none(graph.nodes())
        ? graph
        : graph.withOutputs(new Lowering(NamedValues.of(graph)).apply(graph.outputs()));
  }

  /** The same of values, by the names of those that they depend on. */
  static List<Value> run(List<Value> values) {
    List<Node> nodes = Walk.topological(values);
    return none(nodes) ? values : new Lowering(NamedValues.of(nodes)).apply(values);
  }

  private static boolean none(List<Node> nodes) {
    return nodes.stream().noneMatch(node -> node.op() instanceof Gradient);
  }

  /** One graph, whose gradients may stand on each other. */
  private static final class Lowering {
    private final Map<String, Value> named;
    private final Rewriting rewriting = new Rewriting(this::step);
    private final Set<Node> open = new HashSet<>();

    Lowering(Map<String, Value> named) {
      this.named = named;
    }

    List<Value> apply(List<Value> values) {
      return rewriting.apply(values);
    }

    private @Nullable List<Value> step(Node node, List<@Nullable Value> inputs) {
      if (!(node.op() instanceof Gradient gradient)) {
        return null;
      }
      if (!open.add(node)) {
        throw refuse(node, "differentiates what depends on its own result", "name another y");
      }
      List<String> names = new ArrayList<>(gradient.xs());
      names.addAll(gradient.zs());
      names.add(gradient.y());
      List<Value> values = rewriting.apply(names.stream().map(name -> find(node, name)).toList());
      Value y = values.get(names.size() - 1);
      List<Value> results = Gradients.of(y).wrt(values.subList(0, gradient.xs().size())).values();
      Map<Value, Value> given = new HashMap<>();
      for (int i = 0; i < inputs.size(); i++) {
        Value input = inputs.get(i);
        if (input != null && input != values.get(i)) {
          given.put(values.get(i), input);
        }
      }
      open.remove(node);
      return given.isEmpty() ? results : Rewriting.substitute(results, given);
    }

    private Value find(Node node, String name) {
      Value value = named.get(name);
      if (value == null) {
        throw refuse(
            node,
            "names %s, which no output of the graph depends on".formatted(name),
            "name inputs, weights and values that lead to an output of the graph");
      }
      return value;
    }

    private static DiagnosticException refuse(Node node, String message, String help) {
      return new Diagnostic(
              "ATTR-053", "Gradient " + message, node.at(), "operator: " + node.op(), help)
          .exception();
    }
  }
}
