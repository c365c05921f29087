package dev.sardonyx.nn.regularizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/** l1 · Σ |w| + l2 · Σ w²; both factors are 0 by default. */
public final class L1L2 implements Regularizer {
  private double l1;
  private double l2;

  L1L2() {}

  /** The penalty with these factors, which are not negative. */
  public static L1L2 l1l2(double l1, double l2) {
    L1L2 made = new L1L2();
    made.l1 = Allowed.notNegative(made, "l1", l1);
    made.l2 = Allowed.notNegative(made, "l2", l2);
    return made;
  }

  @Override
  public Value penalty(Value weight) {
    if (l1 == 0 && l2 == 0) {
      return weight.scalar(0);
    }
    Value sums = l1 == 0 ? l2(weight) : weight.abs().sum().mul(l1);
    return l1 == 0 || l2 == 0 ? sums : sums.add(l2(weight));
  }

  private Value l2(Value weight) {
    return weight.square().sum().mul(l2);
  }

  @Override
  public void configure(Config config) {
    l1 = Allowed.notNegative(this, "l1", config.number("l1", l1));
    l2 = Allowed.notNegative(this, "l2", config.number("l2", l2));
  }
}
