package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;

/**
 * Some of many changes, chosen at random (Cubuk et al. 2019); only inference is supported, where
 * nothing happens.
 */
public final class RandAugment extends FactorLayer<RandAugment> {
  private long numOps = 2;
  private String interpolation = "bilinear";

  RandAugment() {
    super(0, 1, true, 0.5);
  }

  /**
   * @param factor how strong the changes are, in [0, 1]; one number, or the least and the most
   */
  public static RandAugment randAugment(double... factor) {
    return new RandAugment().with(factor);
  }

  /** Between what the values of pixels lie; 0 and 255 by default. */
  public RandAugment valueRange(double lowest, double highest) {
    return range(lowest, highest);
  }

  @Override
  RandAugment self() {
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
    numOps = config.integer("num_ops", numOps);
    interpolation = config.text("interpolation", interpolation);
  }
}
