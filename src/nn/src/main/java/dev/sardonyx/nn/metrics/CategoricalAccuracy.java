package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;

/** How often the greatest score of the last axis is that of the class, given as a one-hot row. */
public final class CategoricalAccuracy extends MeanMetric {
  public static CategoricalAccuracy categoricalAccuracy() {
    return new CategoricalAccuracy();
  }

  @Override
  protected Value values(Value yTrue, Value yPred) {
    return yTrue.argMax(-1, false).eq(yPred.argMax(-1, false));
  }
}
