package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;

/** The mean of max(1 - yTrue · yPred, 0)² over the last axis; targets as for {@link Hinge}. */
public final class SquaredHinge extends Loss {
  public static SquaredHinge squaredHinge() {
    return new SquaredHinge();
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    return Hinge.margins(yTrue, yPred).square().mean(false, -1);
  }
}
