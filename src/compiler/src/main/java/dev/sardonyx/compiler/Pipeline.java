package dev.sardonyx.compiler;

import dev.sardonyx.compiler.scans.HoistFromScans;
import dev.sardonyx.compiler.scans.MergeScans;
import dev.sardonyx.compiler.scans.ServeByScans;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Rewriting;
import java.util.List;

/**
 * Passes in order, each on the bodies inside a graph before the graph itself.
 *
 * @param passes what to run, first to last
 */
public record Pipeline(List<Pass> passes) implements Pass {
  /** The rules that hold for every graph. */
  private static final List<Rule> EVERYWHERE =
      List.of(
          new EliminateIdentity(), new KnownContent(), new MergeTransposes(), new SinkTranspose());

  public Pipeline {
    passes = List.copyOf(passes);
  }

  /** Nothing. */
  public static Pipeline none() {
    return new Pipeline(List.of());
  }

  /** For a graph whose weights still change: training steps, gradients. */
  public static Pipeline training(Evaluator evaluator) {
    return new Pipeline(
        List.of(
            new ExpandForGradients(),
            new ShareCommon(),
            new TidyBodies(),
            new MergeScans(),
            new ServeByScans(),
            new ShareCommon(),
            new Simplify(EVERYWHERE),
            new FoldConstants(evaluator, false),
            new InlineBranches(),
            new TidyBodies(),
            new RemoveUnusedResults(),
            new TidyBodies(),
            new Simplify(EVERYWHERE),
            new ShareCommon(),
            new HoistFromScans(),
            new TidyBodies(),
            new RemoveUnusedResults(),
            new Simplify(EVERYWHERE),
            new ShareCommon()));
  }

  /**
   * For a graph whose weights are final. They are folded before convolutions are fused, because a
   * kernel in Keras's layout becomes a weight in ONNX's only then, and after it.
   */
  public static Pipeline inference(Evaluator evaluator) {
    return new Pipeline(
        List.of(
            new ShareCommon(),
            new Simplify(EVERYWHERE),
            new FoldConstants(evaluator, true),
            new InlineBranches(),
            new TidyBodies(),
            new RemoveUnusedResults(),
            new TidyBodies(),
            new Simplify(new FuseConvBatchNorm()),
            new FoldConstants(evaluator, true),
            new Simplify(EVERYWHERE),
            new ShareCommon()));
  }

  @Override
  public Graph run(Graph graph) {
    Graph current = graph;
    for (Pass pass : passes) {
      current = everywhere(pass, current);
    }
    return current;
  }

  private static Graph everywhere(Pass pass, Graph graph) {
    return pass.run(Rewriting.bodies(graph, body -> everywhere(pass, body)));
  }
}
