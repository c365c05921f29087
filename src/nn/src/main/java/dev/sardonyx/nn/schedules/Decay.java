package dev.sardonyx.nn.schedules;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.nn.config.Config;

/** What schedules share that begin at one rate and go down over a number of steps. */
abstract class Decay implements LearningRateSchedule {
  private String name = getClass().getSimpleName();
  private double initialLearningRate;
  private double decaySteps;

  /**
   * @param decaySteps NaN where a configuration is going to tell
   */
  Decay(double initialLearningRate, double decaySteps) {
    this.initialLearningRate = initialLearningRate;
    this.decaySteps = Double.isNaN(decaySteps) ? decaySteps : positive("decay_steps", decaySteps);
  }

  final double initialLearningRate() {
    return initialLearningRate;
  }

  final double decaySteps() {
    return decaySteps;
  }

  @Override
  public void configure(Config config) {
    initialLearningRate = required(config, "initial_learning_rate", initialLearningRate);
    decaySteps = positive("decay_steps", required(config, "decay_steps", decaySteps));
    name = config.text("name", name);
  }

  /** An option without a default. */
  static double required(Config config, String key, double value) {
    double given = config.number(key, value);
    if (Double.isNaN(given)) {
      throw refusal("NN-007", "a schedule needs " + key, config.values().toString(), "give " + key);
    }
    return given;
  }

  static double positive(String key, double value) {
    if (!(value > 0)) {
      throw refusal(
          "NN-006", key + " is above 0, got " + value, key + ": " + value, "count optimizer steps");
    }
    return value;
  }

  static DiagnosticException refusal(String code, String message, String received, String help) {
    return new Diagnostic(code, message, Location.current(), received, help).exception();
  }
}
