package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/** How often the class, given as a one-hot row, is among the k greatest scores of the last axis. */
public final class TopKCategoricalAccuracy extends MeanMetric {
  private long k = 5;

  public static TopKCategoricalAccuracy topKCategoricalAccuracy() {
    return new TopKCategoricalAccuracy();
  }

  /** How many of the greatest scores count, 5 by default. */
  public TopKCategoricalAccuracy k(long newK) {
    k = Allowed.atLeast(1, this, "k", newK);
    return this;
  }

  @Override
  protected Value values(Value yTrue, Value yPred) {
    return SparseTopKCategoricalAccuracy.inTopK(yTrue.argMax(-1, false), yPred, k);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    k(config.integer("k", k));
  }
}
