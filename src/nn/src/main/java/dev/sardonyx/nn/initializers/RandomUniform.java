package dev.sardonyx.nn.initializers;

import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.SplittableRandom;

/**
 * Numbers of which each between {@code minval} and {@code maxval} is as likely; ±0.05 by default.
 */
public final class RandomUniform extends RandomInitializer {
  private double minval = -0.05;
  private double maxval = 0.05;

  RandomUniform() {}

  public static RandomUniform randomUniform() {
    return new RandomUniform();
  }

  /** Numbers in [minval, maxval). */
  public static RandomUniform randomUniform(double minval, double maxval) {
    RandomUniform made = new RandomUniform();
    made.minval = minval;
    made.maxval = maxval;
    made.check();
    return made;
  }

  private void check() {
    Allowed.finite(this, "minval", minval);
    Allowed.finite(this, "maxval", maxval);
    if (maxval < minval) {
      throw Allowed.refusal(
          this, "maxval", "at least minval = " + minval, maxval, "give the lower bound first");
    }
  }

  @Override
  float[] draw(long[] dims, SplittableRandom random) {
    return Draw.uniform(dims, random, minval, maxval);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    minval = config.number("minval", minval);
    maxval = config.number("maxval", maxval);
    check();
  }
}
