package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;

/** The mean cosine of the angle between targets and predictions along an axis. */
public final class CosineSimilarity extends MeanMetric {
  private long axis = -1;

  public static CosineSimilarity cosineSimilarity() {
    return new CosineSimilarity();
  }

  /** The axis of the vectors; the last by default. */
  public CosineSimilarity axis(long newAxis) {
    axis = newAxis;
    return this;
  }

  @Override
  protected Value values(Value yTrue, Value yPred) {
    return new dev.sardonyx.nn.losses.CosineSimilarity().axis(axis).values(yTrue, yPred).neg();
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    // Keras takes an axis and does not write it.
    if (axis != -1 || config.has("axis")) {
      axis = config.integer("axis", axis);
    }
  }
}
