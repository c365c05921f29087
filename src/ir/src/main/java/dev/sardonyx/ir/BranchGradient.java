package dev.sardonyx.ir;

import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of {@code If}: a branch on the same condition, each side of which goes through its
 * own graph again and back. Where a side does not use a value its gradient there is zeros.
 */
final class BranchGradient {
  private final Pullback p;
  private final List<Value> captured;
  private final List<Value> wanted;

  private BranchGradient(Pullback p) {
    this.p = p;
    this.captured = Bodies.captured(p.node());
    this.wanted = Bodies.wanted(p);
  }

  static List<@Nullable Value> of(Pullback p, ControlFlow.If op) {
    BranchGradient gradient = new BranchGradient(p);
    List<@Nullable Value> results = new ArrayList<>(Collections.nCopies(p.size(), null));
    if (!gradient.wanted.isEmpty()) {
      List<Value> found =
          ControlFlow.branch(
              p.x(), () -> gradient.side(op.thenBranch()), () -> gradient.side(op.elseBranch()));
      for (int i = 0; i < found.size(); i++) {
        results.set(1 + gradient.captured.indexOf(gradient.wanted.get(i)), found.get(i));
      }
    }
    return results;
  }

  private List<Value> side(Body body) {
    Since since = Since.now();
    List<Value> outputs = body.inline(List.of(), captured);
    List<Value> reached = new ArrayList<>();
    List<Value> given = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      if (p.hasDy(i)) {
        reached.add(outputs.get(i));
        given.add(fitted(p.dy(i), outputs.get(i)));
      }
    }
    return Bodies.orZeros(p.gradients(reached, given, wanted, since), wanted);
  }

  /**
   * A side that is never taken may give another rank than what flows back has: it is still built.
   */
  private static Value fitted(Value dy, Value output) {
    boolean other =
        dy.type() instanceof TensorType given
            && output.type() instanceof TensorType own
            && given.shape().isRanked()
            && own.shape().isRanked()
            && given.shape().rank() != own.shape().rank();
    return other ? dy.reshapeLike(output) : dy;
  }
}
