package dev.sardonyx.compiler;

import dev.sardonyx.ir.Body;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Random;
import java.util.List;

/** What gives other results at every run, which neither can be computed once nor shared. */
public final class Chance {
  private Chance() {}

  /** Whether the node, or one in its bodies, draws numbers. */
  public static boolean isRandom(Node node) {
    if (node.op() instanceof Random) {
      return true;
    }
    List<Body> bodies = OpSchema.of(node.op()).bodiesOf(node.op());
    return bodies.stream().anyMatch(b -> b.graph().nodes().stream().anyMatch(Chance::isRandom));
  }
}
