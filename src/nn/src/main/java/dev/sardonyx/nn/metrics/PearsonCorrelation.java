package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.losses.Aligned;

/** The mean of Pearson's correlation of targets and predictions along an axis. */
public final class PearsonCorrelation extends MeanMetric {
  private long axis = -1;

  public static PearsonCorrelation pearsonCorrelation() {
    return new PearsonCorrelation();
  }

  /** The axis along which values are correlated; the last by default. */
  public PearsonCorrelation axis(long newAxis) {
    axis = newAxis;
    return this;
  }

  @Override
  protected Value values(Value yTrue, Value yPred) {
    Aligned aligned = Aligned.of(yTrue.cast(yPred.element()), yPred);
    Value truth = aligned.first();
    Value guess = aligned.second();
    Value a = centered(truth).div(variance(truth).sqrt());
    Value b = centered(guess).div(variance(guess).sqrt());
    return a.mul(b).mean(false, axis);
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
