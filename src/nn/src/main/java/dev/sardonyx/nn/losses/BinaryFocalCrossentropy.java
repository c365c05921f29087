package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;

/**
 * {@link BinaryCrossentropy} in which easy answers count less: that of each is multiplied by (1 -
 * pₜ)ᵞ, pₜ being the probability of the right one. Lin et al. 2017.
 */
public final class BinaryFocalCrossentropy extends Loss {
  private boolean fromLogits;
  private double labelSmoothing;
  private long axis = -1;
  private boolean applyClassBalancing;
  private double alpha = 0.25;
  private double gamma = 2;

  public static BinaryFocalCrossentropy binaryFocalCrossentropy() {
    return new BinaryFocalCrossentropy();
  }

  /** Whether the model ends without a sigmoid; by default it gives probabilities. */
  public BinaryFocalCrossentropy fromLogits(boolean logits) {
    fromLogits = logits;
    return this;
  }

  /** Moves targets towards ½ by this part, in [0, 1]; 0 by default. */
  public BinaryFocalCrossentropy labelSmoothing(double smoothing) {
    labelSmoothing = smoothing;
    return this;
  }

  /** The axis over which the mean is taken; the last by default. */
  public BinaryFocalCrossentropy axis(long newAxis) {
    axis = newAxis;
    return this;
  }

  /** Weighs answers of 1 by {@code alpha} and those of 0 by 1 - alpha; off by default. */
  public BinaryFocalCrossentropy applyClassBalancing(boolean apply) {
    applyClassBalancing = apply;
    return this;
  }

  /** The weight of the class 1; 0.25 by default. */
  public BinaryFocalCrossentropy alpha(double newAlpha) {
    alpha = newAlpha;
    return this;
  }

  /** How much less easy answers count; 2 by default. */
  public BinaryFocalCrossentropy gamma(double newGamma) {
    gamma = newGamma;
    return this;
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    Value yes = Smoothing.binary(yTrue, labelSmoothing);
    Value no = yes.neg().add(1);
    Value p = fromLogits ? yPred.sigmoid() : yPred;
    Value right = yes.mul(p).add(no.mul(p.neg().add(1)));
    Value entropy = Scores.binary(yPred, fromLogits).binaryCrossentropy(yes);
    Value focal = right.neg().add(1).pow(gamma).mul(entropy);
    return (applyClassBalancing ? yes.mul(alpha).add(no.mul(1 - alpha)).mul(focal) : focal)
        .mean(false, axis);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    fromLogits = config.flag("from_logits", fromLogits);
    labelSmoothing = config.number("label_smoothing", labelSmoothing);
    axis = config.integer("axis", axis);
    applyClassBalancing = config.flag("apply_class_balancing", applyClassBalancing);
    alpha = config.number("alpha", alpha);
    gamma = config.number("gamma", gamma);
  }
}
