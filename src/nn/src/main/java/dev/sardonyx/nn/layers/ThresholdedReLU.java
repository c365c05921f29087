package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/** y = x for x > theta, else 0. In Keras 2 only; in Keras 3 it is a ReLU with a threshold. */
public final class ThresholdedReLU extends ActivationLayer {
  private double theta = 1;

  ThresholdedReLU() {}

  /**
   * @param theta not negative; Keras 2 has 1 by default
   */
  public static ThresholdedReLU thresholdedRelu(double theta) {
    ThresholdedReLU made = new ThresholdedReLU();
    made.theta = Allowed.notNegative(made, "theta", theta);
    return made;
  }

  @Override
  public Value activate(Value x) {
    return x.gt(theta).where(x, x.scalar(0));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    theta = Allowed.notNegative(this, "theta", config.number("theta", theta));
  }
}
