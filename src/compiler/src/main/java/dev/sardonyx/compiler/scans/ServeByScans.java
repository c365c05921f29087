package dev.sardonyx.compiler.scans;

import dev.sardonyx.compiler.Pass;
import dev.sardonyx.compiler.ShareCommon;
import dev.sardonyx.ir.ControlFlow.Loop;
import dev.sardonyx.ir.ControlFlow.Scan;
import dev.sardonyx.ir.CountedLoop;
import dev.sardonyx.ir.Expansion;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Recurrent;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Since;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.Walk;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A recurrent operator or counted loop whose gradient is in the graph, and with it the same
 * computation as a scan, is that scan: one run serves both. An operator alone stays what it is.
 *
 * <pre>
 *  y = LSTM(x, w, r),  _, h = Scan(0, x · w) { … }   ->   _, y, h = Scan(0, x · w) { … }
 * </pre>
 */
public final class ServeByScans implements Pass {
  private final Pass share = new ShareCommon();
  private final Pass merge = new MergeScans();

  @Override
  public Graph run(Graph graph) {
    if (scans(graph) == 0 || repeated(graph).isEmpty()) {
      return graph;
    }
    Graph current = merge.run(share.run(graph));
    int alone = 0;
    while (alone < repeated(current).size()) {
      Graph next = served(current, repeated(current).get(alone));
      boolean merged =
          scans(next) <= scans(current) && repeated(next).size() < repeated(current).size();
      if (!merged) {
        alone++;
      } else {
        current = next;
      }
    }
    return current;
  }

  /** The graph with scans in the place of one operator: new ones, unless they merge. */
  private Graph served(Graph graph, Node operator) {
    Map<Value, Value> scanned = replacements(operator.outputs(), scanned(operator));
    List<Value> outputs = Rewriting.substitute(graph.outputs(), scanned);
    return merge.run(share.run(graph.withOutputs(outputs)));
  }

  /** The results of an operator by scans; its own where it cannot be said so. */
  private static List<Value> scanned(Node operator) {
    Since since = Since.now();
    List<Value> results = operator.outputs();
    Node next = operator;
    while (next != null) {
      List<Value> expanded =
          next.op() instanceof Loop ? CountedLoop.scanned(next) : Expansion.of(next);
      if (expanded == null) {
        return operator.outputs();
      }
      results = Rewriting.substitute(results, replacements(next.outputs(), expanded));
      // An operator may be said in simpler ones of its kind first.
      next =
          Walk.topological(results, since::made).stream()
              .filter(node -> node.op() instanceof Recurrent)
              .findFirst()
              .orElse(null);
    }
    return results;
  }

  private static Map<Value, Value> replacements(List<Value> from, List<Value> to) {
    Map<Value, Value> replacements = new HashMap<>();
    for (int i = 0; i < from.size(); i++) {
      replacements.put(from.get(i), to.get(i));
    }
    return replacements;
  }

  private static List<Node> repeated(Graph graph) {
    return graph.nodes().stream()
        .filter(node -> node.op() instanceof Recurrent || node.op() instanceof Loop)
        .toList();
  }

  private static long scans(Graph graph) {
    return graph.nodes().stream().filter(node -> node.op() instanceof Scan).count();
  }
}
