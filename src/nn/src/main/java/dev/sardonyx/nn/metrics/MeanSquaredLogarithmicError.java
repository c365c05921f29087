package dev.sardonyx.nn.metrics;

/** The mean of (ln(1 + yTrue) - ln(1 + yPred))². */
public final class MeanSquaredLogarithmicError extends LossMetric {
  MeanSquaredLogarithmicError() {
    super(new dev.sardonyx.nn.losses.MeanSquaredLogarithmicError());
  }

  public static MeanSquaredLogarithmicError meanSquaredLogarithmicError() {
    return new MeanSquaredLogarithmicError();
  }
}
