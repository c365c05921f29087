package dev.sardonyx.nn.schedules;

import dev.sardonyx.nn.config.Config;

/** rate = initial · decayRate ^ (step / decaySteps). */
public final class ExponentialDecay extends Decay {
  private double decayRate;
  private boolean staircase;

  ExponentialDecay() {
    this(Double.NaN, Double.NaN, Double.NaN);
  }

  private ExponentialDecay(double initialLearningRate, double decaySteps, double decayRate) {
    super(initialLearningRate, decaySteps);
    this.decayRate = decayRate;
  }

  public static ExponentialDecay exponentialDecay(
      double initialLearningRate, double decaySteps, double decayRate) {
    return new ExponentialDecay(initialLearningRate, decaySteps, decayRate);
  }

  /** Whether the rate stays for {@code decaySteps} steps each; false by default. */
  public ExponentialDecay staircase(boolean isStaircase) {
    staircase = isStaircase;
    return this;
  }

  @Override
  public double rate(long step) {
    double p = step / decaySteps();
    return initialLearningRate() * Math.pow(decayRate, staircase ? Math.floor(p) : p);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    decayRate = required(config, "decay_rate", decayRate);
    staircase = config.flag("staircase", staircase);
  }
}
