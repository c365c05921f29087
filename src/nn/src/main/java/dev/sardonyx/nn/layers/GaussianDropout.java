package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/**
 * In training each element is multiplied by normal noise of mean 1 and standard deviation √(rate /
 * (1 - rate)); otherwise nothing happens. Srivastava et al. 2014.
 */
public final class GaussianDropout extends NoiseLayer {
  private double rate;

  GaussianDropout() {}

  /**
   * @param rate as of a Dropout of the same strength, in [0, 1]
   */
  public static GaussianDropout gaussianDropout(double rate) {
    GaussianDropout made = new GaussianDropout();
    made.rate = Allowed.fraction(made, "rate", rate);
    return made;
  }

  @Override
  Value noisy(Call call, Value x) {
    return x.mul(normal(call, x).mul(Math.sqrt(rate / (1 - rate))).add(1));
  }

  @Override
  boolean isIdle() {
    return rate == 0;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    rate = Allowed.fraction(this, "rate", config.number("rate", rate));
  }
}
