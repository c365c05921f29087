package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;

/** The mean of (yTrue - yPred)² over the last axis. */
public final class MeanSquaredError extends Loss {
  public static MeanSquaredError meanSquaredError() {
    return new MeanSquaredError();
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    return yTrue.sub(yPred).square().mean(false, -1);
  }
}
