package dev.sardonyx.nn.metrics;

/** A hundred times the mean of |yTrue - yPred| / |yTrue|. */
public final class MeanAbsolutePercentageError extends LossMetric {
  MeanAbsolutePercentageError() {
    super(new dev.sardonyx.nn.losses.MeanAbsolutePercentageError());
  }

  public static MeanAbsolutePercentageError meanAbsolutePercentageError() {
    return new MeanAbsolutePercentageError();
  }
}
