package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;

/** How often the greatest score of the last axis is that of the class, given by its number. */
public final class SparseCategoricalAccuracy extends MeanMetric {
  public static SparseCategoricalAccuracy sparseCategoricalAccuracy() {
    return new SparseCategoricalAccuracy();
  }

  @Override
  protected Value values(Value yTrue, Value yPred) {
    boolean column = yTrue.shape().rank() == yPred.shape().rank() && yTrue.shape().dim(-1).is(1);
    Value labels = column ? yTrue.squeeze(-1) : yTrue;
    return labels.eq(yPred.argMax(-1, false).cast(labels.element()));
  }
}
