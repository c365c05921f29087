package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;

/** Minus the cosine of the angle between targets and predictions along {@code axis}. */
public final class CosineSimilarity extends Loss {
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
  protected Value call(Value yTrue, Value yPred) {
    return unit(yTrue).mul(unit(yPred)).sum(false, axis).neg();
  }

  /** Vectors shorter than 1e-7 stay shorter than 1. */
  private Value unit(Value x) {
    double least = Scores.EPSILON * Scores.EPSILON;
    return x.div(x.square().sum(true, axis).max(least).sqrt());
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
