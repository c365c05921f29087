package dev.sardonyx.nn.metrics;

/** The mean divergence of predicted from true distributions. */
public final class KLDivergence extends LossMetric {
  KLDivergence() {
    super(new dev.sardonyx.nn.losses.KLDivergence());
  }

  public static KLDivergence klDivergence() {
    return new KLDivergence();
  }
}
