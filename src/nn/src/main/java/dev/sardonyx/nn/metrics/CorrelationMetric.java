package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.losses.Aligned;

/**
 * The mean of a correlation of targets and predictions along an axis.
 *
 * @param <M> the metric itself, which options return
 */
abstract class CorrelationMetric<M extends CorrelationMetric<M>> extends MeanMetric {
  private long axis = -1;

  abstract M self();

  /** The correlation's terms, of which the mean along the axis is the correlation. */
  abstract Value terms(Value truth, Value guess);

  /** The axis along which values are correlated; the last by default. */
  public final M axis(long newAxis) {
    axis = newAxis;
    return self();
  }

  @Override
  protected final Value values(Value yTrue, Value yPred) {
    Aligned aligned = Aligned.of(yTrue.cast(yPred.element()), yPred);
    return terms(aligned.first(), aligned.second()).mean(false, axis);
  }

  final Value mean(Value x) {
    return x.mean(true, axis);
  }

  final Value centered(Value x) {
    return x.sub(mean(x));
  }

  final Value variance(Value x) {
    return mean(centered(x).square());
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    axis = config.integer("axis", axis);
  }
}
