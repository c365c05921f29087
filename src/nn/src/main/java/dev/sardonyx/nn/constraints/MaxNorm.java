package dev.sardonyx.nn.constraints;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/** Vectors are at most so long; 2 by default. Longer ones are shortened. */
public final class MaxNorm extends NormConstraint<MaxNorm> {
  private double maxValue = 2;

  MaxNorm() {}

  public static MaxNorm maxNorm() {
    return new MaxNorm();
  }

  /** The greatest length, which is not negative. */
  public static MaxNorm maxNorm(double maxValue) {
    MaxNorm made = new MaxNorm();
    made.maxValue = Allowed.notNegative(made, "max_value", maxValue);
    return made;
  }

  @Override
  MaxNorm self() {
    return this;
  }

  @Override
  Value wanted(Value norm) {
    return norm.min(maxValue);
  }

  @Override
  public void configure(Config config) {
    maxValue = Allowed.notNegative(this, "max_value", config.number("max_value", maxValue));
    super.configure(config);
  }
}
