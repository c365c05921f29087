package dev.sardonyx.nn.schedules;

import dev.sardonyx.nn.config.Config;

/** rate = initial / (1 + decayRate · step / decaySteps). */
public final class InverseTimeDecay extends Decay {
  private double decayRate;
  private boolean staircase;

  InverseTimeDecay() {
    this(Double.NaN, Double.NaN, Double.NaN);
  }

  private InverseTimeDecay(double initialLearningRate, double decaySteps, double decayRate) {
    super(initialLearningRate, decaySteps);
    this.decayRate = decayRate;
  }

  public static InverseTimeDecay inverseTimeDecay(
      double initialLearningRate, double decaySteps, double decayRate) {
    return new InverseTimeDecay(initialLearningRate, decaySteps, decayRate);
  }

  /** Whether the rate stays for {@code decaySteps} steps each; false by default. */
  public InverseTimeDecay staircase(boolean isStaircase) {
    staircase = isStaircase;
    return this;
  }

  @Override
  public double rate(long step) {
    double p = step / decaySteps();
    return initialLearningRate() / (1 + decayRate * (staircase ? Math.floor(p) : p));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    decayRate = required(config, "decay_rate", decayRate);
    staircase = config.flag("staircase", staircase);
  }
}
