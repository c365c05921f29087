package dev.sardonyx.nn.regularizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/** l1 · Σ |w|; 0.01 by default. */
public final class L1 implements Regularizer {
  private double factor = 0.01;

  L1() {}

  public static L1 l1() {
    return new L1();
  }

  /** The penalty with this factor, which is not negative. */
  public static L1 l1(double factor) {
    L1 made = new L1();
    made.factor = Allowed.notNegative(made, "l1", factor);
    return made;
  }

  @Override
  public Value penalty(Value weight) {
    return weight.abs().sum().mul(factor);
  }

  @Override
  public void configure(Config config) {
    factor = Allowed.notNegative(this, "l1", config.number("l1", factor));
  }
}
