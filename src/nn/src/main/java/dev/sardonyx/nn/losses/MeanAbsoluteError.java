package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;

/** The mean of |yTrue - yPred| over the last axis. */
public final class MeanAbsoluteError extends Loss {
  public static MeanAbsoluteError meanAbsoluteError() {
    return new MeanAbsoluteError();
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    return yTrue.sub(yPred).abs().mean(false, -1);
  }
}
