package dev.sardonyx.nn.metrics;

/** The mean of (yTrue - yPred)². */
public final class MeanSquaredError extends LossMetric {
  MeanSquaredError() {
    super(new dev.sardonyx.nn.losses.MeanSquaredError());
  }

  public static MeanSquaredError meanSquaredError() {
    return new MeanSquaredError();
  }
}
