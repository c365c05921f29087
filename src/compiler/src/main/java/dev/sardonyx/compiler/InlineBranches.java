package dev.sardonyx.compiler;

import dev.sardonyx.ir.Body;
import dev.sardonyx.ir.ControlFlow.If;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Truth;
import dev.sardonyx.ir.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A branch on something known is the branch taken.
 *
 * <pre>
 *  x: float32[8,3]     If(Size(Shape(x)) = 2, a, b)   ->   a
 * </pre>
 */
public final class InlineBranches implements Pass {
  @Override
  public Graph run(Graph graph) {
    return Rewriting.rewrite(
        graph,
        (node, inputs) -> {
          Value cond = node.op() instanceof If ? inputs.get(0) : null;
          Boolean known = cond == null ? null : Truth.of(cond);
          if (known == null || !(node.op() instanceof If branch)) {
            return null;
          }
          return inline(known ? branch.thenBranch() : branch.elseBranch(), inputs);
        });
  }

  private static List<Value> inline(Body body, List<@Nullable Value> inputs) {
    Map<Value, Value> outer = new HashMap<>();
    int own = inputs.size() - body.captures();
    for (int i = own; i < inputs.size(); i++) {
      Value captured = inputs.get(i);
      if (captured != null) {
        outer.put(body.captured().get(i - own), captured);
      }
    }
    return Rewriting.substitute(body.outputs(), outer);
  }
}
