package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;

/** The mean of Pearson's correlation of targets and predictions along an axis. */
public final class PearsonCorrelation extends CorrelationMetric<PearsonCorrelation> {
  public static PearsonCorrelation pearsonCorrelation() {
    return new PearsonCorrelation();
  }

  @Override
  PearsonCorrelation self() {
    return this;
  }

  @Override
  Value terms(Value truth, Value guess) {
    Value a = centered(truth).div(variance(truth).sqrt());
    Value b = centered(guess).div(variance(guess).sqrt());
    return a.mul(b);
  }
}
