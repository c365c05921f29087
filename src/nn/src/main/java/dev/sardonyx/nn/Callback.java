package dev.sardonyx.nn;

import java.util.Map;

/** Is told how training goes, and may change its course. Every method does nothing by default. */
public interface Callback {
  default void onTrainBegin(Training training) {}

  default void onEpochBegin(Training training, int epoch) {}

  /**
   * @param logs the means of this epoch so far
   */
  default void onTrainBatchEnd(Training training, int batch, Map<String, Double> logs) {}

  /**
   * @param logs the epoch's means, and those of the validation data as {@code val_…}
   */
  default void onEpochEnd(Training training, int epoch, Map<String, Double> logs) {}

  default void onTrainEnd(Training training) {}
}
