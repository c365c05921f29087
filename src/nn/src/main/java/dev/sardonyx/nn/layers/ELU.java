package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/** y = x for x ≥ 0, else alpha · (eˣ - 1); alpha is 1 by default. Clevert et al. 2016. */
public final class ELU extends ActivationLayer {
  private double alpha = 1;

  ELU() {}

  public static ELU elu() {
    return new ELU();
  }

  public static ELU elu(double alpha) {
    ELU made = new ELU();
    made.alpha = Allowed.finite(made, "alpha", alpha);
    return made;
  }

  @Override
  public Value activate(Value x) {
    return x.elu((float) alpha);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    alpha = Allowed.finite(this, "alpha", config.number("alpha", alpha));
  }
}
