package dev.sardonyx.nn.metrics;

import dev.sardonyx.nn.config.Config;

/** The mean cross-entropy of yes-or-no answers. */
public final class BinaryCrossentropy extends LossMetric {
  private final dev.sardonyx.nn.losses.BinaryCrossentropy loss;
  private boolean fromLogits;
  private double labelSmoothing;

  BinaryCrossentropy() {
    this(new dev.sardonyx.nn.losses.BinaryCrossentropy());
  }

  private BinaryCrossentropy(dev.sardonyx.nn.losses.BinaryCrossentropy loss) {
    super(loss);
    this.loss = loss;
  }

  public static BinaryCrossentropy binaryCrossentropy() {
    return new BinaryCrossentropy();
  }

  /** Whether the model ends without a sigmoid; by default it gives probabilities. */
  public BinaryCrossentropy fromLogits(boolean logits) {
    loss.fromLogits(logits);
    fromLogits = logits;
    return this;
  }

  /** Moves targets towards uncertainty by this part, in [0, 1]; 0 by default. */
  public BinaryCrossentropy labelSmoothing(double smoothing) {
    loss.labelSmoothing(smoothing);
    labelSmoothing = smoothing;
    return this;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    fromLogits(config.flag("from_logits", fromLogits));
    labelSmoothing(config.number("label_smoothing", labelSmoothing));
  }
}
