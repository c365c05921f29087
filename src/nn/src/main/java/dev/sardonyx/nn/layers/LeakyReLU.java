package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/**
 * y = x for x ≥ 0, else negativeSlope · x. The slope is 0.3 by default; that of the activation
 * {@code leaky_relu} is 0.2.
 */
public final class LeakyReLU extends ActivationLayer {
  private double negativeSlope = 0.3;

  LeakyReLU() {}

  public static LeakyReLU leakyRelu() {
    return new LeakyReLU();
  }

  /** With this slope, which is not negative. */
  public static LeakyReLU leakyRelu(double negativeSlope) {
    LeakyReLU made = new LeakyReLU();
    made.negativeSlope = Allowed.notNegative(made, "negative_slope", negativeSlope);
    return made;
  }

  @Override
  public Value activate(Value x) {
    return x.leakyRelu((float) negativeSlope);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    double slope = config.number("negative_slope", negativeSlope);
    negativeSlope = Allowed.notNegative(this, "negative_slope", slope);
  }
}
