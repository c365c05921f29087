package dev.sardonyx.nn.metrics;

/** The mean of yPred - yTrue · ln yPred, for counts. */
public final class Poisson extends LossMetric {
  Poisson() {
    super(new dev.sardonyx.nn.losses.Poisson());
  }

  public static Poisson poisson() {
    return new Poisson();
  }
}
