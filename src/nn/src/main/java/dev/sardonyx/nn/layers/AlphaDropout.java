package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/**
 * Dropout for networks of {@code selu}: what is dropped takes selu's lowest value, and mean and
 * variance stay. Klambauer et al. 2017.
 */
public final class AlphaDropout extends NoiseLayer {
  private static final double LOWEST = -1.6732632423543772 * 1.0507009873554805;

  private double rate;

  AlphaDropout() {}

  /**
   * @param rate the part of the elements that is dropped, in [0, 1]
   */
  public static AlphaDropout alphaDropout(double rate) {
    AlphaDropout made = new AlphaDropout();
    made.rate = Allowed.fraction(made, "rate", rate);
    return made;
  }

  @Override
  Value noisy(Call call, Value x) {
    double a = Math.pow((1 - rate) * (1 + rate * LOWEST * LOWEST), -0.5);
    double b = -a * LOWEST * rate;
    return uniform(call, x).ge(rate).where(x, x.scalar(LOWEST)).mul(a).add(b);
  }

  @Override
  boolean isIdle() {
    return rate == 0;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    rate = Allowed.fraction(this, "rate", config.number("rate", rate));
    config.unsupported("noise_shape", null);
  }
}
