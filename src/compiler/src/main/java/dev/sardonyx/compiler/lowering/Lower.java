package dev.sardonyx.compiler.lowering;

import dev.sardonyx.ir.Expansion;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Naming;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Rewriting;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Location;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replaces what has no kernel, in the graph and in the bodies in it, until all has one. */
public final class Lower {
  /** What lowering gives is lowered in turn; deeper ones run in a circle. */
  private static final int MAX_ROUNDS = 32;

  /** Rules of the target first, then wider types, which cost casts only, then expansions. */
  private static final List<Lowering> RULES =
      List.of(
          new UnpoolInto(),
          new UnsignedTopK(),
          new ScalarRange(),
          new DoubleSilu(),
          new Widen(),
          (node, kernels) -> Expansion.of(node));

  private final Kernels kernels;

  public Lower(Kernels kernels) {
    this.kernels = kernels;
  }

  public Graph run(Graph graph) {
    Graph current = graph;
    for (int round = 0; round < MAX_ROUNDS; round++) {
      Graph next = Rewriting.deep(current, this::step);
      if (next.outputs().equals(current.outputs())) {
        return current;
      }
      current = next;
    }
    return current;
  }

  private @Nullable List<Value> step(Node node, List<@Nullable Value> inputs) {
    List<Value> kept = Location.within(node.at(), () -> ZeroBorder.kept(node));
    if (kept != null) {
      return Naming.like(node, kept);
    }
    if (kernels.runs(node)) {
      return null;
    }
    for (Lowering rule : RULES) {
      List<Value> lowered = Location.within(node.at(), () -> rule.lower(node, kernels));
      if (lowered != null) {
        return Naming.like(node, lowered);
      }
    }
    return null;
  }

  /**
   * How much of the graph has to be said in others: 1 for a node that has kernels on other types,
   * and so may need casts only, 2 for one that has none.
   */
  public int effort(Graph graph) {
    return missing(graph).stream().mapToInt(node -> kernels.has(node) ? 1 : 2).sum();
  }

  /** The nodes, bodies' too, that the runtime neither runs nor replaces by itself. */
  public List<Node> missing(Graph graph) {
    List<Node> missing = new ArrayList<>();
    visit(graph, missing);
    return missing;
  }

  private void visit(Graph graph, List<Node> missing) {
    for (Node node : graph.nodes()) {
      if (!kernels.runs(node) && !kernels.expands(node)) {
        missing.add(node);
      }
      OpSchema.of(node.op()).bodiesOf(node.op()).forEach(b -> visit(b.graph(), missing));
    }
  }
}
