package dev.sardonyx.nn.regularizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/** l2 · Σ w²; 0.01 by default. */
public final class L2 implements Regularizer {
  private double factor = 0.01;

  L2() {}

  public static L2 l2() {
    return new L2();
  }

  /** The penalty with this factor, which is not negative. */
  public static L2 l2(double factor) {
    L2 made = new L2();
    made.factor = Allowed.notNegative(made, "l2", factor);
    return made;
  }

  @Override
  public Value penalty(Value weight) {
    return weight.square().sum().mul(factor);
  }

  @Override
  public void configure(Config config) {
    factor = Allowed.notNegative(this, "l2", config.number("l2", factor));
  }
}
