package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;

/**
 * A hundred times the mean of |yTrue - yPred| / |yTrue| over the last axis; targets count at least
 * 1e-7.
 */
public final class MeanAbsolutePercentageError extends Loss {
  public static MeanAbsolutePercentageError meanAbsolutePercentageError() {
    return new MeanAbsolutePercentageError();
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    return yTrue.sub(yPred).div(yTrue.abs().max(Scores.EPSILON)).abs().mean(false, -1).mul(100);
  }
}
