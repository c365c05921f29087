package dev.sardonyx.nn.initializers;

import dev.sardonyx.nn.config.Config;
import java.util.SplittableRandom;

/**
 * Numbers around 0 with the variance {@code scale / n}, n being what {@link Mode} says of the
 * weight's shape, so that signals keep their size from layer to layer. {@link VarianceScaling} has
 * all the options.
 */
public abstract class FanInitializer extends RandomInitializer {
  /** The standard deviation of a standard normal that is cut off at ±2. */
  private static final double TRUNCATED_STDDEV = 0.87962566103423978;

  /** What the variance is divided by. */
  public enum Mode {
    /** The number of inputs of one unit. */
    FAN_IN,
    /** The number of units that one input reaches. */
    FAN_OUT,
    /** The mean of the two. */
    FAN_AVG
  }

  /** What the numbers look like. */
  public enum Distribution {
    /** Cut off at two standard deviations of the normal distribution before that. */
    TRUNCATED_NORMAL,
    UNTRUNCATED_NORMAL,
    UNIFORM
  }

  /** The numbers that make one initializer of this family another. */
  record Scaling(double scale, Mode mode, Distribution distribution) {}

  abstract Scaling scaling();

  @Override
  final float[] draw(long[] dims, SplittableRandom random) {
    Scaling scaling = scaling();
    Fans fans = Fans.of(dims);
    double n =
        switch (scaling.mode()) {
          case FAN_IN -> fans.in();
          case FAN_OUT -> fans.out();
          case FAN_AVG -> (fans.in() + fans.out()) / 2;
        };
    double stddev = Math.sqrt(scaling.scale() / Math.max(1, n));
    double limit = Math.sqrt(3) * stddev;
    return switch (scaling.distribution()) {
      case TRUNCATED_NORMAL -> Draw.truncatedNormal(dims, random, 0, stddev / TRUNCATED_STDDEV);
      case UNTRUNCATED_NORMAL -> Draw.normal(dims, random, 0, stddev);
      case UNIFORM -> Draw.uniform(dims, random, -limit, limit);
    };
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    config.unsupported("input_axes", null);
    config.unsupported("output_axes", null);
  }
}
