package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;

/** The mean of |yTrue - yPred|. */
public final class MeanAbsoluteError extends MeanMetric {
  public static MeanAbsoluteError meanAbsoluteError() {
    return new MeanAbsoluteError();
  }

  @Override
  protected Value values(Value yTrue, Value yPred) {
    return new dev.sardonyx.nn.losses.MeanAbsoluteError().values(yTrue, yPred);
  }
}
