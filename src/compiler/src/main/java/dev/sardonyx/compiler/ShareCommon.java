package dev.sardonyx.compiler;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Common subexpressions are computed once. Two equal records on the same inputs are the same
 * computation; random operators and graph inputs alone have an identity of their own.
 *
 * <pre>
 *  exp(x) * exp(x)   ->   e = exp(x); e * e
 * </pre>
 */
public final class ShareCommon implements Pass {
  private record Key(Op op, List<@Nullable Value> inputs, int outputs) {}

  @Override
  public Graph run(Graph graph) {
    Map<Key, List<Value>> seen = new HashMap<>();
    return Rewriting.rewrite(
        graph,
        (node, inputs) -> {
          if (node.op() instanceof Leaf.Input || Chance.isRandom(node)) {
            return null;
          }
          return seen.computeIfAbsent(
              new Key(node.op(), inputs, node.types().size()), key -> rebuild(node, inputs));
        });
  }

  private static List<Value> rebuild(Node node, List<@Nullable Value> inputs) {
    return inputs.equals(node.inputs()) ? node.outputs() : node.withInputs(inputs).outputs();
  }
}
