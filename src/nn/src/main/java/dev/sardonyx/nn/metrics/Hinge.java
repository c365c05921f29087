package dev.sardonyx.nn.metrics;

/** The mean of max(1 - yTrue · yPred, 0); targets as for the loss. */
public final class Hinge extends LossMetric {
  Hinge() {
    super(new dev.sardonyx.nn.losses.Hinge());
  }

  public static Hinge hinge() {
    return new Hinge();
  }
}
