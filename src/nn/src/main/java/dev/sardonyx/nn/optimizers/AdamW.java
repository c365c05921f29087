package dev.sardonyx.nn.optimizers;

import dev.sardonyx.nn.schedules.LearningRateSchedule;

/**
 * {@link Adam} whose weights decay by default: before each step w ← w - 0.004·r·w. Loshchilov and
 * Hutter 2017.
 */
public final class AdamW extends Adam {
  AdamW() {
    weightDecay(0.004);
  }

  /** At Keras's default learning rate, 0.001. */
  public static AdamW adamW() {
    return new AdamW();
  }

  public static AdamW adamW(double learningRate) {
    AdamW adamW = new AdamW();
    adamW.learningRate(learningRate);
    return adamW;
  }

  public static AdamW adamW(LearningRateSchedule schedule) {
    AdamW adamW = new AdamW();
    adamW.schedule(schedule);
    return adamW;
  }
}
