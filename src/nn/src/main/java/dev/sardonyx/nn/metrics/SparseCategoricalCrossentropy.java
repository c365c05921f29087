package dev.sardonyx.nn.metrics;

import dev.sardonyx.nn.config.Config;
import org.jspecify.annotations.Nullable;

/** The mean cross-entropy of classes given by their numbers. */
public final class SparseCategoricalCrossentropy
    extends CrossentropyMetric<SparseCategoricalCrossentropy> {
  private final dev.sardonyx.nn.losses.SparseCategoricalCrossentropy loss;
  private @Nullable Long ignoreClass;
  private long axis = -1;

  SparseCategoricalCrossentropy() {
    this(new dev.sardonyx.nn.losses.SparseCategoricalCrossentropy());
  }

  private SparseCategoricalCrossentropy(dev.sardonyx.nn.losses.SparseCategoricalCrossentropy loss) {
    super(loss, loss::fromLogits);
    this.loss = loss;
  }

  public static SparseCategoricalCrossentropy sparseCategoricalCrossentropy() {
    return new SparseCategoricalCrossentropy();
  }

  @Override
  SparseCategoricalCrossentropy self() {
    return this;
  }

  /** Counts elements of this class as 0; null for none. */
  public SparseCategoricalCrossentropy ignoreClass(@Nullable Long ignored) {
    loss.ignoreClass(ignored);
    ignoreClass = ignored;
    return this;
  }

  /** The axis of the classes; the last by default. */
  public SparseCategoricalCrossentropy axis(long newAxis) {
    loss.axis(newAxis);
    axis = newAxis;
    return this;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    ignoreClass(config.optionalInteger("ignore_class", ignoreClass));
    axis(config.integer("axis", axis));
  }
}
