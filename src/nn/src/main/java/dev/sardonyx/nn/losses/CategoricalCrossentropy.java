package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;

/**
 * The cross-entropy of classes given as one-hot rows, or as distributions: -Σ yTrue · ln p along
 * {@code axis}, with p made to sum to one and moved into [1e-7, 1 - 1e-7].
 */
public final class CategoricalCrossentropy extends Loss {
  private boolean fromLogits;
  private double labelSmoothing;
  private long axis = -1;

  public static CategoricalCrossentropy categoricalCrossentropy() {
    return new CategoricalCrossentropy();
  }

  /** Whether the model ends without a softmax; by default it gives probabilities. */
  public CategoricalCrossentropy fromLogits(boolean logits) {
    fromLogits = logits;
    return this;
  }

  /** Moves targets towards equal probabilities by this part, in [0, 1]; 0 by default. */
  public CategoricalCrossentropy labelSmoothing(double smoothing) {
    labelSmoothing = smoothing;
    return this;
  }

  /** The axis of the classes; the last by default. */
  public CategoricalCrossentropy axis(long newAxis) {
    axis = newAxis;
    return this;
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    Value logs = Scores.categorical(yPred, fromLogits, axis).logProbabilities(axis);
    return Smoothing.categorical(yTrue, labelSmoothing).mul(logs).sum(false, axis).neg();
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    fromLogits = config.flag("from_logits", fromLogits);
    labelSmoothing = config.number("label_smoothing", labelSmoothing);
    axis = config.integer("axis", axis);
  }
}
