package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/** In training normal noise of mean 0 is added; otherwise nothing happens. */
public final class GaussianNoise extends NoiseLayer {
  private double stddev;

  GaussianNoise() {}

  /**
   * @param stddev the noise's standard deviation, in [0, 1]
   */
  public static GaussianNoise gaussianNoise(double stddev) {
    GaussianNoise made = new GaussianNoise();
    made.stddev = Allowed.fraction(made, "stddev", stddev);
    return made;
  }

  @Override
  Value noisy(Call call, Value x) {
    return x.add(normal(call, x).mul(stddev));
  }

  @Override
  boolean isIdle() {
    return stddev == 0;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    stddev = Allowed.fraction(this, "stddev", config.number("stddev", stddev));
  }
}
