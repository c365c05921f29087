package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;

/** The mean of (yTrue - yPred)². */
public final class MeanSquaredError extends MeanMetric {
  public static MeanSquaredError meanSquaredError() {
    return new MeanSquaredError();
  }

  @Override
  protected Value values(Value yTrue, Value yPred) {
    return new dev.sardonyx.nn.losses.MeanSquaredError().values(yTrue, yPred);
  }
}
