package dev.sardonyx.nn.metrics;

import dev.sardonyx.nn.config.Config;

/** The mean cross-entropy of yes-or-no answers. */
public final class BinaryCrossentropy extends CrossentropyMetric<BinaryCrossentropy> {
  private final dev.sardonyx.nn.losses.BinaryCrossentropy loss;
  private double labelSmoothing;

  BinaryCrossentropy() {
    this(new dev.sardonyx.nn.losses.BinaryCrossentropy());
  }

  private BinaryCrossentropy(dev.sardonyx.nn.losses.BinaryCrossentropy loss) {
    super(loss, loss::fromLogits);
    this.loss = loss;
  }

  public static BinaryCrossentropy binaryCrossentropy() {
    return new BinaryCrossentropy();
  }

  @Override
  BinaryCrossentropy self() {
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
    labelSmoothing(config.number("label_smoothing", labelSmoothing));
  }
}
