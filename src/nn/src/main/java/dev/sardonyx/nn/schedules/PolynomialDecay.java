package dev.sardonyx.nn.schedules;

import dev.sardonyx.nn.config.Config;

/**
 * rate = (initial - end) · (1 - step / decaySteps) ^ power + end, and end after that. With {@code
 * cycle} it starts again at every multiple of {@code decaySteps}, which then is what the step is
 * measured against.
 */
public final class PolynomialDecay extends Decay {
  private double endLearningRate = 0.0001;
  private double power = 1;
  private boolean cycle;

  PolynomialDecay() {
    super(Double.NaN, Double.NaN);
  }

  private PolynomialDecay(double initialLearningRate, double decaySteps) {
    super(initialLearningRate, decaySteps);
  }

  public static PolynomialDecay polynomialDecay(double initialLearningRate, double decaySteps) {
    return new PolynomialDecay(initialLearningRate, decaySteps);
  }

  /** Where the rate ends; 0.0001 by default. */
  public PolynomialDecay endLearningRate(double rate) {
    endLearningRate = rate;
    return this;
  }

  /** The exponent; 1, a straight line, by default. */
  public PolynomialDecay power(double exponent) {
    power = exponent;
    return this;
  }

  /** Whether it starts again; false by default. */
  public PolynomialDecay cycle(boolean isCycle) {
    cycle = isCycle;
    return this;
  }

  @Override
  public double rate(long step) {
    double p = step / decaySteps();
    double done = cycle ? p / Math.max(1, Math.ceil(p)) : Math.min(p, 1);
    return (initialLearningRate() - endLearningRate) * Math.pow(1 - done, power) + endLearningRate;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    endLearningRate = config.number("end_learning_rate", endLearningRate);
    power = config.number("power", power);
    cycle = config.flag("cycle", cycle);
  }
}
