package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.losses.Loss;

/** The mean of a loss. */
abstract class LossMetric extends MeanMetric {
  private final Loss loss;

  LossMetric(Loss loss) {
    this.loss = loss;
  }

  @Override
  protected final Value values(Value yTrue, Value yPred) {
    return loss.values(yTrue, yPred);
  }
}
