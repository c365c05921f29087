package dev.sardonyx.nn.metrics;

import dev.sardonyx.nn.config.Config;

/** The mean cross-entropy of classes given as one-hot rows. */
public final class CategoricalCrossentropy extends CrossentropyMetric<CategoricalCrossentropy> {
  private final dev.sardonyx.nn.losses.CategoricalCrossentropy loss;
  private double labelSmoothing;
  private long axis = -1;

  CategoricalCrossentropy() {
    this(new dev.sardonyx.nn.losses.CategoricalCrossentropy());
  }

  private CategoricalCrossentropy(dev.sardonyx.nn.losses.CategoricalCrossentropy loss) {
    super(loss, loss::fromLogits);
    this.loss = loss;
  }

  public static CategoricalCrossentropy categoricalCrossentropy() {
    return new CategoricalCrossentropy();
  }

  @Override
  CategoricalCrossentropy self() {
    return this;
  }

  /** Moves targets towards uncertainty by this part, in [0, 1]; 0 by default. */
  public CategoricalCrossentropy labelSmoothing(double smoothing) {
    loss.labelSmoothing(smoothing);
    labelSmoothing = smoothing;
    return this;
  }

  /** The axis of the classes; the last by default. */
  public CategoricalCrossentropy axis(long newAxis) {
    loss.axis(newAxis);
    axis = newAxis;
    return this;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    labelSmoothing(config.number("label_smoothing", labelSmoothing));
    axis(config.integer("axis", axis));
  }
}
