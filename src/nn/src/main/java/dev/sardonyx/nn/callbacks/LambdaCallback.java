package dev.sardonyx.nn.callbacks;

import dev.sardonyx.nn.Callback;
import dev.sardonyx.nn.Training;
import java.util.Map;

/** A callback made of a function that is called at the end of each epoch. */
@FunctionalInterface
public interface LambdaCallback extends Callback {
  /** The callback that is {@code function}. */
  static LambdaCallback onEpochEnd(LambdaCallback function) {
    return function;
  }

  void epochEnded(Training training, int epoch, Map<String, Double> logs);

  @Override
  default void onEpochEnd(Training training, int epoch, Map<String, Double> logs) {
    epochEnded(training, epoch, logs);
  }
}
