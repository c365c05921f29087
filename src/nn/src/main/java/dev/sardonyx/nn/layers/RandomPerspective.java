package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/** Images are seen from other places; only inference is supported, where nothing happens. */
public final class RandomPerspective extends FactorLayer<RandomPerspective> {
  private final WarpOptions options = new WarpOptions(this);
  private double scale = 1;

  RandomPerspective() {
    super(0, 1, false, 1);
  }

  /**
   * @param factor how probable that is, in [0, 1]; one number, or the least and the most
   */
  public static RandomPerspective randomPerspective(double... factor) {
    return new RandomPerspective().with(factor);
  }

  @Override
  RandomPerspective self() {
    return this;
  }

  @Override
  boolean casts() {
    return true;
  }

  @Override
  Value changed(Call call, Value x) {
    throw untrained(x);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    scale = Allowed.fraction(this, "scale", config.number("scale", scale));
    options.configure(config, false);
  }
}
