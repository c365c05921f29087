package dev.sardonyx.nn.metrics;

import static dev.sardonyx.ir.type.ElementType.FLOAT32;
import static dev.sardonyx.ir.type.ElementType.INT64;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/** How often the class, given by its number, is among the k greatest scores of the last axis. */
public final class SparseTopKCategoricalAccuracy extends MeanMetric {
  private long k = 5;

  public static SparseTopKCategoricalAccuracy sparseTopKCategoricalAccuracy() {
    return new SparseTopKCategoricalAccuracy();
  }

  /** How many of the greatest scores count, 5 by default. */
  public SparseTopKCategoricalAccuracy k(long newK) {
    k = Allowed.atLeast(1, this, "k", newK);
    return this;
  }

  @Override
  protected Value values(Value yTrue, Value yPred) {
    boolean column = yTrue.shape().rank() == yPred.shape().rank() && yTrue.shape().dim(-1).is(1);
    return inTopK((column ? yTrue.squeeze(-1) : yTrue).cast(INT64), yPred, k);
  }

  /** Whether fewer than {@code k} scores are greater than that of the class. */
  static Value inTopK(Value labels, Value scores, long k) {
    Value own = scores.gatherElements(labels.unsqueeze(-1), -1);
    return scores.gt(own).cast(FLOAT32).sum(false, -1).lt(k);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    k(config.integer("k", k));
    // Keras writes it only where it is set.
    if (config.has("from_sorted_ids")) {
      config.unsupported("from_sorted_ids", false);
    }
  }
}
