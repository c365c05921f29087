package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Shape;

/**
 * What the word "accuracy" means in Keras, by the shapes of targets and predictions: {@link
 * BinaryAccuracy} for one output unit, {@link SparseCategoricalAccuracy} for class numbers, else
 * {@link CategoricalAccuracy}. Source: Keras's trainers/compile_utils.py.
 */
final class AutomaticAccuracy extends MeanMetric {
  AutomaticAccuracy() {
    named("accuracy");
  }

  @Override
  protected Value values(Value yTrue, Value yPred) {
    Shape truth = yTrue.shape();
    Shape guess = yPred.shape();
    MeanMetric meant;
    if (guess.dim(-1).is(1)) {
      meant = new BinaryAccuracy();
    } else if (truth.rank() < guess.rank() || truth.dim(-1).is(1)) {
      meant = new SparseCategoricalAccuracy();
    } else {
      meant = new CategoricalAccuracy();
    }
    return meant.values(yTrue, yPred);
  }
}
