package dev.sardonyx.nn.schedules;

import dev.sardonyx.nn.config.Config;

/**
 * Half a cosine down to {@code alpha} times the initial rate, again and again: the n-th time it
 * takes {@code firstDecaySteps · tMul}ⁿ steps and begins at {@code mMul}ⁿ times the initial rate.
 * Loshchilov and Hutter 2016.
 */
public final class CosineDecayRestarts implements LearningRateSchedule {
  /** Keeps a quotient of logarithms that should be an integer from falling just below it. */
  private static final double ROUNDING = 1e-9;

  private String name = "SGDRDecay";
  private double initialLearningRate;
  private double firstDecaySteps;
  private double tMul = 2;
  private double mMul = 1;
  private double alpha;

  CosineDecayRestarts() {
    this.initialLearningRate = Double.NaN;
    this.firstDecaySteps = Double.NaN;
  }

  private CosineDecayRestarts(double initialLearningRate, double firstDecaySteps) {
    this.initialLearningRate = initialLearningRate;
    this.firstDecaySteps = Decay.positive("first_decay_steps", firstDecaySteps);
  }

  public static CosineDecayRestarts cosineDecayRestarts(
      double initialLearningRate, double firstDecaySteps) {
    return new CosineDecayRestarts(initialLearningRate, firstDecaySteps);
  }

  /** How much longer each time takes; 2 by default. */
  public CosineDecayRestarts tMul(double factor) {
    tMul = Decay.positive("t_mul", factor);
    return this;
  }

  /** How much of the rate each time begins with; 1 by default. */
  public CosineDecayRestarts mMul(double factor) {
    mMul = factor;
    return this;
  }

  /** The part of the rate that is left at the end; 0 by default. */
  public CosineDecayRestarts alpha(double newAlpha) {
    alpha = newAlpha;
    return this;
  }

  @Override
  public double rate(long step) {
    double time = step / firstDecaySteps;
    if (tMul == 1) {
      double restarts = Math.floor(time);
      return rate(restarts, time - restarts);
    }
    double grown = 1 - time * (1 - tMul);
    if (grown <= 0) {
      // Where each time is shorter than the last, all of them come to an end.
      return initialLearningRate * alpha;
    }
    double restarts = Math.floor(Math.log(grown) / Math.log(tMul) + ROUNDING);
    double length = Math.pow(tMul, restarts);
    return rate(restarts, Math.max(0, time - (1 - length) / (1 - tMul)) / length);
  }

  private double rate(double restarts, double done) {
    double cosine = 0.5 * Math.pow(mMul, restarts) * (1 + Math.cos(Math.PI * done));
    return initialLearningRate * ((1 - alpha) * cosine + alpha);
  }

  @Override
  public void configure(Config config) {
    initialLearningRate = Decay.required(config, "initial_learning_rate", initialLearningRate);
    firstDecaySteps =
        Decay.positive(
            "first_decay_steps", Decay.required(config, "first_decay_steps", firstDecaySteps));
    tMul = Decay.positive("t_mul", config.number("t_mul", tMul));
    mMul = config.number("m_mul", mMul);
    alpha = config.number("alpha", alpha);
    name = config.text("name", name);
  }
}
