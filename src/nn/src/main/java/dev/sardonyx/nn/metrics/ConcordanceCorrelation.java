package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.losses.Aligned;

/**
 * The mean of Lin's concordance of targets and predictions along an axis: 2 · covariance / (both
 * variances + (difference of the means)² + 1e-7).
 */
public final class ConcordanceCorrelation extends MeanMetric {
  private long axis = -1;

  public static ConcordanceCorrelation concordanceCorrelation() {
    return new ConcordanceCorrelation();
  }

  /** The axis along which values are correlated; the last by default. */
  public ConcordanceCorrelation axis(long newAxis) {
    axis = newAxis;
    return this;
  }

  @Override
  protected Value values(Value yTrue, Value yPred) {
    Aligned aligned = Aligned.of(yTrue.cast(yPred.element()), yPred);
    Value truth = aligned.first();
    Value guess = aligned.second();
    Value apart = truth.mean(true, axis).sub(guess.mean(true, axis)).square();
    Value norm = variance(truth).add(variance(guess)).add(apart).add(1e-7);
    return centered(truth).mul(centered(guess)).mul(2).div(norm).mean(false, axis);
  }

  private Value centered(Value x) {
    return x.sub(x.mean(true, axis));
  }

  private Value variance(Value x) {
    return centered(x).square().mean(true, axis);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    axis = config.integer("axis", axis);
  }
}
