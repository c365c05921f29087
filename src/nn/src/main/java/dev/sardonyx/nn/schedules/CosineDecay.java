package dev.sardonyx.nn.schedules;

import dev.sardonyx.nn.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Half a cosine from the initial rate down to {@code alpha} times it, Loshchilov and Hutter 2016.
 * With a warm-up the rate first goes in a straight line from the initial one to the warm-up's
 * target, where the cosine begins.
 */
public final class CosineDecay extends Decay {
  private double alpha;
  private @Nullable Double warmupTarget;
  private double warmupSteps;

  CosineDecay() {
    super(Double.NaN, Double.NaN);
  }

  private CosineDecay(double initialLearningRate, double decaySteps) {
    super(initialLearningRate, decaySteps);
  }

  public static CosineDecay cosineDecay(double initialLearningRate, double decaySteps) {
    return new CosineDecay(initialLearningRate, decaySteps);
  }

  /** The part of the rate that is left at the end; 0 by default. */
  public CosineDecay alpha(double newAlpha) {
    alpha = newAlpha;
    return this;
  }

  /** Begins with {@code steps} steps towards the rate {@code target}; none by default. */
  public CosineDecay warmup(double target, double steps) {
    warmupTarget = target;
    warmupSteps = steps;
    return this;
  }

  @Override
  public double rate(long step) {
    if (warmupTarget == null) {
      return decayed(initialLearningRate(), step);
    }
    return step < warmupSteps
        ? initialLearningRate() + (warmupTarget - initialLearningRate()) * step / warmupSteps
        : decayed(warmupTarget, step - warmupSteps);
  }

  private double decayed(double from, double step) {
    double done = Math.min(step / decaySteps(), 1);
    return from * ((1 - alpha) * 0.5 * (1 + Math.cos(Math.PI * done)) + alpha);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    alpha = config.number("alpha", alpha);
    warmupTarget = config.optionalNumber("warmup_target", warmupTarget);
    warmupSteps = config.number("warmup_steps", warmupSteps);
  }
}
