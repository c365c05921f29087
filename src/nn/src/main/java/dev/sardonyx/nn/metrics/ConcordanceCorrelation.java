package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;

/**
 * The mean of Lin's concordance of targets and predictions along an axis: 2 · covariance / (both
 * variances + (difference of the means)² + 1e-7).
 */
public final class ConcordanceCorrelation extends CorrelationMetric<ConcordanceCorrelation> {
  public static ConcordanceCorrelation concordanceCorrelation() {
    return new ConcordanceCorrelation();
  }

  @Override
  ConcordanceCorrelation self() {
    return this;
  }

  @Override
  Value terms(Value truth, Value guess) {
    Value apart = mean(truth).sub(mean(guess)).square();
    Value norm = variance(truth).add(variance(guess)).add(apart).add(1e-7);
    return centered(truth).mul(centered(guess)).mul(2).div(norm);
  }
}
