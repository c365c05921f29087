package dev.sardonyx.nn.initializers;

import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.SplittableRandom;

/**
 * Normal numbers of which those more than two standard deviations from the mean are drawn again; by
 * default of the mean 0 and, before that, the standard deviation 0.05.
 */
public final class TruncatedNormal extends RandomInitializer {
  private double mean;
  private double stddev = 0.05;

  TruncatedNormal() {}

  public static TruncatedNormal truncatedNormal() {
    return new TruncatedNormal();
  }

  public static TruncatedNormal truncatedNormal(double mean, double stddev) {
    TruncatedNormal made = new TruncatedNormal();
    made.mean = Allowed.finite(made, "mean", mean);
    made.stddev = Allowed.notNegative(made, "stddev", stddev);
    return made;
  }

  @Override
  float[] draw(long[] dims, SplittableRandom random) {
    return Draw.truncatedNormal(dims, random, mean, stddev);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    mean = Allowed.finite(this, "mean", config.number("mean", mean));
    stddev = Allowed.notNegative(this, "stddev", config.number("stddev", stddev));
  }
}
