package dev.sardonyx.nn.initializers;

import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.SplittableRandom;

/** Normal numbers; by default of the mean 0 and the standard deviation 0.05. */
public final class RandomNormal extends RandomInitializer {
  private double mean;
  private double stddev = 0.05;

  RandomNormal() {}

  public static RandomNormal randomNormal() {
    return new RandomNormal();
  }

  public static RandomNormal randomNormal(double mean, double stddev) {
    RandomNormal made = new RandomNormal();
    made.mean = Allowed.finite(made, "mean", mean);
    made.stddev = Allowed.notNegative(made, "stddev", stddev);
    return made;
  }

  @Override
  float[] draw(long[] dims, SplittableRandom random) {
    return Draw.normal(dims, random, mean, stddev);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    mean = Allowed.finite(this, "mean", config.number("mean", mean));
    stddev = Allowed.notNegative(this, "stddev", config.number("stddev", stddev));
  }
}
