package dev.sardonyx.nn.schedules;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.config.Configurable;

/** The learning rate of every step. */
@FunctionalInterface
public interface LearningRateSchedule extends Configurable {
  /**
   * The learning rate of a step.
   *
   * @param step how many steps were taken before it
   */
  double rate(long step);

  /** A lambda has no configuration. */
  @Override
  default void configure(Config config) {
    throw new Diagnostic(
            "NN-020",
            "a learning-rate schedule of your own has no configuration",
            Location.current(),
            "schedule: " + getClass().getName(),
            "use one of Keras's schedules where the optimizer is to be saved")
        .exception();
  }
}
