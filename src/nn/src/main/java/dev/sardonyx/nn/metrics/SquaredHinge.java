package dev.sardonyx.nn.metrics;

/** The mean of max(1 - yTrue · yPred, 0)²; targets as for the loss. */
public final class SquaredHinge extends LossMetric {
  SquaredHinge() {
    super(new dev.sardonyx.nn.losses.SquaredHinge());
  }

  public static SquaredHinge squaredHinge() {
    return new SquaredHinge();
  }
}
