package dev.sardonyx.nn.initializers;

import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/**
 * Numbers around 0 with the variance {@code scale / n}; by default a truncated normal distribution
 * with scale 1 and n the number of inputs.
 */
public final class VarianceScaling extends FanInitializer {
  private double scale = 1;
  private Mode mode = Mode.FAN_IN;
  private Distribution distribution = Distribution.TRUNCATED_NORMAL;

  VarianceScaling() {}

  public static VarianceScaling varianceScaling() {
    return new VarianceScaling();
  }

  public static VarianceScaling varianceScaling(
      double scale, Mode mode, Distribution distribution) {
    VarianceScaling made = new VarianceScaling();
    made.scale = Allowed.positive(made, "scale", scale);
    made.mode = mode;
    made.distribution = distribution;
    return made;
  }

  @Override
  Scaling scaling() {
    return new Scaling(scale, mode, distribution);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    scale = Allowed.positive(this, "scale", config.number("scale", scale));
    mode = config.choice("mode", mode);
    distribution = config.choice("distribution", distribution);
  }
}
