package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.losses.Aligned;

/** How often predictions are equal to targets, as numbers. */
public final class Accuracy extends MeanMetric {
  /**
   * What Keras's {@code metrics=["accuracy"]} means: {@link BinaryAccuracy} for one output unit,
   * {@link SparseCategoricalAccuracy} for class numbers, else {@link CategoricalAccuracy}. For the
   * comparison of numbers there is {@link #exactAccuracy}.
   */
  public static Metric accuracy() {
    return new AutomaticAccuracy();
  }

  /** Keras's class {@code Accuracy}: predictions that are class numbers themselves. */
  public static Accuracy exactAccuracy() {
    return new Accuracy();
  }

  @Override
  protected Value values(Value yTrue, Value yPred) {
    Aligned aligned = Aligned.of(yTrue.cast(yPred.element()), yPred);
    return aligned.first().eq(aligned.second());
  }
}
