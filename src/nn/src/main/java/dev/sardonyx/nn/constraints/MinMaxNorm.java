package dev.sardonyx.nn.constraints;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/** Vectors are pulled to a length between two bounds, 0 and 1 by default. */
public final class MinMaxNorm extends NormConstraint<MinMaxNorm> {
  private double minValue;
  private double maxValue = 1;
  private double rate = 1;

  MinMaxNorm() {}

  /** The bounds are not negative. */
  public static MinMaxNorm minMaxNorm(double minValue, double maxValue) {
    MinMaxNorm made = new MinMaxNorm();
    made.minValue = Allowed.notNegative(made, "min_value", minValue);
    made.maxValue = Allowed.notNegative(made, "max_value", maxValue);
    return made;
  }

  /** Which part of the way is gone at once, in [0, 1]; 1 by default. */
  public MinMaxNorm rate(double newRate) {
    rate = Allowed.fraction(this, "rate", newRate);
    return this;
  }

  @Override
  MinMaxNorm self() {
    return this;
  }

  @Override
  Value wanted(Value norm) {
    Value bounded = norm.clip(minValue, maxValue);
    return rate == 1 ? bounded : bounded.mul(rate).add(norm.mul(1 - rate));
  }

  @Override
  public void configure(Config config) {
    minValue = Allowed.notNegative(this, "min_value", config.number("min_value", minValue));
    maxValue = Allowed.notNegative(this, "max_value", config.number("max_value", maxValue));
    rate(config.number("rate", rate));
    super.configure(config);
  }
}
