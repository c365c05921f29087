package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;

/** Images are bent; only inference is supported, where nothing happens. */
public final class RandomElasticTransform extends FactorLayer<RandomElasticTransform> {
  private final WarpOptions options = new WarpOptions(this);
  private Factor scale = new Factor(0, 1);

  RandomElasticTransform() {
    super(0, 1, true, 1);
  }

  /**
   * @param factor how probable that is, in [0, 1]; one number, or the least and the most
   */
  public static RandomElasticTransform randomElasticTransform(double... factor) {
    return new RandomElasticTransform().with(factor);
  }

  /** Between what the values of pixels lie; 0 and 255 by default. */
  public RandomElasticTransform valueRange(double lowest, double highest) {
    return range(lowest, highest);
  }

  @Override
  RandomElasticTransform self() {
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
    NumberArray given = NumberArray.required(this, config, "scale", scale.toNumbers());
    scale = Factor.of(this, "scale", given, 0, 1);
    options.configure(config, true);
  }
}
