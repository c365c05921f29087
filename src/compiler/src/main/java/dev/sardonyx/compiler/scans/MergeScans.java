package dev.sardonyx.compiler.scans;

import dev.sardonyx.compiler.Pass;
import dev.sardonyx.ir.ControlFlow.Scan;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Two scans over the same elements, with the same states all along, are one. So what a gradient
 * keeps of a scan is collected when that runs forwards, and it runs once.
 *
 * <pre>
 *  s, y = Scan(s0, x) { h = f(s, x); s' = h, y = g(h) },  t, z = Scan(s0, x) { h = f(t, x); t' = h, z = h }
 *      ->  s, y, z = Scan(s0, x) { h = f(s, x); s' = h, y = g(h), z = h }
 * </pre>
 *
 * Equal inputs must be one value: {@link dev.sardonyx.compiler.ShareCommon} comes before.
 */
public final class MergeScans implements Pass {
  @Override
  public Graph run(Graph graph) {
    Graph current = graph;
    while (current.depth() > 0) {
      Graph next = once(current);
      if (next == current) {
        return current;
      }
      current = next;
    }
    return current;
  }

  private static Graph once(Graph graph) {
    Map<List<Object>, List<Node>> alike = new HashMap<>();
    for (Node node : graph.nodes()) {
      if (!(node.op() instanceof Scan scan)) {
        continue;
      }
      List<Node> before = alike.computeIfAbsent(key(node, scan), key -> new ArrayList<>());
      for (Node first : before) {
        List<Value> merged = ScanPair.merged(first, node);
        if (merged != null) {
          return replaced(graph, first, node, merged);
        }
      }
      before.add(node);
    }
    return graph;
  }

  /** What two scans must have in common. */
  private static List<Object> key(Node node, Scan scan) {
    int own = scan.body().formals().size();
    List<@Nullable Value> inputs = node.inputs().subList(0, own);
    List<Long> axes = new ArrayList<>();
    for (int i = 0; i < scan.numScanInputs(); i++) {
      axes.add(Turns.at(scan.scanInputAxes(), i));
      axes.add(Turns.at(scan.scanInputDirections(), i));
    }
    return List.of(inputs, axes);
  }

  private static Graph replaced(Graph graph, Node first, Node second, List<Value> merged) {
    Map<Value, Value> replacements = new HashMap<>();
    List<Value> old = new ArrayList<>(first.outputs());
    old.addAll(second.outputs());
    for (int i = 0; i < old.size(); i++) {
      replacements.put(old.get(i), merged.get(i));
    }
    return graph.withOutputs(Rewriting.substitute(graph.outputs(), replacements));
  }
}
