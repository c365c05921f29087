package dev.sardonyx.compiler.scans;

import dev.sardonyx.compiler.Pass;
import dev.sardonyx.ir.ControlFlow.Scan;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Location;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a scan's body computes without the turn before is computed for all turns at once: before the
 * scan, where the body needs it, or behind it, where only its results do. A state to which each
 * turn adds a product or a sum is no state: the turns' factors are collected, and the rest is one
 * product of matrices or one sum.
 *
 * <pre>
 *  s, y = Scan(s0, x) { p = x · w; h = f(s, p); s' = h, y = h · v }
 *      ->  p = x · w;  s, h = Scan(s0, p) { h = f(s, p); s' = h };  y = h · v
 *
 *  d = Scan(d0, x, y) { d' = d + xᵀ · y }   ->   d = d0 + xᵀ · y, over all turns
 * </pre>
 */
public final class HoistFromScans implements Pass {
  @Override
  public Graph run(Graph graph) {
    return graph.depth() == 0 ? graph : Rewriting.rewrite(graph, HoistFromScans::step);
  }

  private static @Nullable List<Value> step(Node node, List<@Nullable Value> inputs) {
    if (!(node.op() instanceof Scan scan)) {
      return null;
    }
    Node moved = inputs.equals(node.inputs()) ? node : node.withInputs(inputs);
    return Location.within(node.at(), () -> new Hoisting(moved, scan).results());
  }
}
