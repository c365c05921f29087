package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/**
 * Images are mixed with others of the batch; only inference is supported, where nothing happens.
 */
public final class MixUp extends RandomImageLayer<MixUp> {
  private double alpha = 0.2;

  MixUp() {}

  /** Keras's default: 0.2. */
  public static MixUp mixUp() {
    return new MixUp();
  }

  /**
   * @param alpha of the beta distribution that the shares have
   */
  public static MixUp mixUp(double alpha) {
    MixUp made = new MixUp();
    made.alpha = Allowed.positive(made, "alpha", alpha);
    return made;
  }

  @Override
  MixUp self() {
    return this;
  }

  @Override
  Value changed(Call call, Value x) {
    throw untrained(x);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    alpha = config.number("alpha", alpha);
  }
}
