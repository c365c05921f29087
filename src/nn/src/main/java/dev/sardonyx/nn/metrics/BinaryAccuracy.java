package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.losses.Aligned;

/** How often a probability lies on the right side of a threshold. */
public final class BinaryAccuracy extends MeanMetric {
  private double threshold = 0.5;

  public static BinaryAccuracy binaryAccuracy() {
    return new BinaryAccuracy();
  }

  /** Probabilities above it mean 1; ½ by default. */
  public BinaryAccuracy threshold(double newThreshold) {
    threshold = newThreshold;
    return this;
  }

  @Override
  protected Value values(Value yTrue, Value yPred) {
    Aligned aligned = Aligned.of(yTrue, yPred);
    Value guess = aligned.second().gt(threshold).cast(yTrue.element());
    return aligned.first().eq(guess);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    threshold = config.number("threshold", threshold);
  }
}
