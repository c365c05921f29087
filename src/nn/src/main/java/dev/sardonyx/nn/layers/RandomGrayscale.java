package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/** In training some images lose their colours. */
public final class RandomGrayscale extends RandomImageLayer<RandomGrayscale> {
  private double factor = 0.5;

  RandomGrayscale() {}

  /**
   * @param factor how probable that is, in [0, 1]
   */
  public static RandomGrayscale randomGrayscale(double factor) {
    RandomGrayscale made = new RandomGrayscale();
    made.factor = Allowed.fraction(made, "factor", factor);
    return made;
  }

  @Override
  RandomGrayscale self() {
    return this;
  }

  @Override
  Value changed(Call call, Value x) {
    return perImage(call, x, 0, 1).lt(factor).where(Colors.gray(x), x);
  }

  @Override
  boolean writesSeed() {
    return false;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    factor = Allowed.fraction(this, "factor", config.number("factor", factor));
  }
}
