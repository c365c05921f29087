package dev.sardonyx.nn.metrics;

/** The mean of |yTrue - yPred|. */
public final class MeanAbsoluteError extends LossMetric {
  MeanAbsoluteError() {
    super(new dev.sardonyx.nn.losses.MeanAbsoluteError());
  }

  public static MeanAbsoluteError meanAbsoluteError() {
    return new MeanAbsoluteError();
  }
}
