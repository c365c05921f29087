package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;

/**
 * The cross-entropy of yes-or-no answers: the mean of -yTrue · ln p - (1 - yTrue) · ln(1 - p) over
 * {@code axis}, with p moved into [1e-7, 1 - 1e-7].
 */
public final class BinaryCrossentropy extends Loss {
  private boolean fromLogits;
  private double labelSmoothing;
  private long axis = -1;

  public static BinaryCrossentropy binaryCrossentropy() {
    return new BinaryCrossentropy();
  }

  /** Whether the model ends without a sigmoid; by default it gives probabilities. */
  public BinaryCrossentropy fromLogits(boolean logits) {
    fromLogits = logits;
    return this;
  }

  /** Moves targets towards ½ by this part, in [0, 1]; 0 by default. */
  public BinaryCrossentropy labelSmoothing(double smoothing) {
    labelSmoothing = smoothing;
    return this;
  }

  /** The axis over which the mean is taken; the last by default. */
  public BinaryCrossentropy axis(long newAxis) {
    axis = newAxis;
    return this;
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    Value smooth = Smoothing.binary(yTrue, labelSmoothing);
    return Scores.binary(yPred, fromLogits).binaryCrossentropy(smooth).mean(false, axis);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    fromLogits = config.flag("from_logits", fromLogits);
    labelSmoothing = config.number("label_smoothing", labelSmoothing);
    axis = config.integer("axis", axis);
  }
}
