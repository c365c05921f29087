package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;

/**
 * {@link CategoricalCrossentropy} in which easy classes count less: Σ -α · (1 - p)ᵞ · yTrue · ln p
 * along {@code axis}. Lin et al. 2017.
 */
public final class CategoricalFocalCrossentropy extends Loss {
  private boolean fromLogits;
  private double labelSmoothing;
  private long axis = -1;
  private double alpha = 0.25;
  private double gamma = 2;

  public static CategoricalFocalCrossentropy categoricalFocalCrossentropy() {
    return new CategoricalFocalCrossentropy();
  }

  /** Whether the model ends without a softmax; by default it gives probabilities. */
  public CategoricalFocalCrossentropy fromLogits(boolean logits) {
    fromLogits = logits;
    return this;
  }

  /** Moves targets towards equal probabilities by this part, in [0, 1]; 0 by default. */
  public CategoricalFocalCrossentropy labelSmoothing(double smoothing) {
    labelSmoothing = smoothing;
    return this;
  }

  /** The axis of the classes; the last by default. */
  public CategoricalFocalCrossentropy axis(long newAxis) {
    axis = newAxis;
    return this;
  }

  /** What the loss is multiplied by; 0.25 by default. */
  public CategoricalFocalCrossentropy alpha(double newAlpha) {
    alpha = newAlpha;
    return this;
  }

  /** How much less easy classes count; 2 by default. */
  public CategoricalFocalCrossentropy gamma(double newGamma) {
    gamma = newGamma;
    return this;
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    Value scores = fromLogits ? yPred.softmax(axis) : yPred;
    Value p = Scores.clipped(scores.div(scores.sum(true, axis)));
    Value entropy = Smoothing.categorical(yTrue, labelSmoothing).mul(p.log());
    return p.neg().add(1).pow(gamma).mul(-alpha).mul(entropy).sum(false, axis);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    fromLogits = config.flag("from_logits", fromLogits);
    labelSmoothing = config.number("label_smoothing", labelSmoothing);
    axis = config.integer("axis", axis);
    alpha = config.number("alpha", alpha);
    gamma = config.number("gamma", gamma);
  }
}
