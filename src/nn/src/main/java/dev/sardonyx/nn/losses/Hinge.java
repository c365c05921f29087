package dev.sardonyx.nn.losses;

import static dev.sardonyx.ir.type.ElementType.FLOAT32;

import dev.sardonyx.ir.Value;

/**
 * The mean of max(1 - yTrue · yPred, 0) over the last axis. Targets are -1 and 1; where all of a
 * batch are 0 and 1 they are taken for those.
 */
public final class Hinge extends Loss {
  public static Hinge hinge() {
    return new Hinge();
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    return margins(yTrue, yPred).mean(false, -1);
  }

  /** By how much each prediction falls short of the margin. */
  static Value margins(Value yTrue, Value yPred) {
    Value binary = yTrue.eq(0).or(yTrue.eq(1)).cast(FLOAT32).min(false).eq(1);
    Value signs = binary.where(yTrue.mul(2).sub(1), yTrue);
    return signs.mul(yPred).neg().add(1).relu();
  }
}
