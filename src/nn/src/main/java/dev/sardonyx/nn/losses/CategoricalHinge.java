package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;

/**
 * max(1 + the greatest score of a wrong class - the score of the right one, 0) along the last axis;
 * targets are one-hot rows. Wrong scores below 0 count as 0.
 */
public final class CategoricalHinge extends Loss {
  public static CategoricalHinge categoricalHinge() {
    return new CategoricalHinge();
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    Value right = yTrue.mul(yPred).sum(false, -1);
    Value wrong = yTrue.neg().add(1).mul(yPred).max(false, -1);
    return wrong.sub(right).add(1).relu();
  }
}
