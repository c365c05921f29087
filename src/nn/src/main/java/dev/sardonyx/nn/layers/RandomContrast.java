package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;

/** In training images get more or less contrast around each channel's mean. */
public final class RandomContrast extends FactorLayer<RandomContrast> {
  RandomContrast() {
    super(0, 1, true, 0);
  }

  /**
   * @param factor how much less and more, in [0, 1]; one number, or the least and the most
   */
  public static RandomContrast randomContrast(double... factor) {
    return new RandomContrast().with(factor);
  }

  /** Between what the values of pixels lie; 0 and 255 by default. */
  public RandomContrast valueRange(double lowest, double highest) {
    return range(lowest, highest);
  }

  @Override
  RandomContrast self() {
    return this;
  }

  @Override
  Value changed(Call call, Value x) {
    Value mean = x.mean(true, 2, 3);
    Value factor = perImage(call, x, 1 - factor().lower(), 1 + factor().upper());
    return clipped(x.sub(mean).mul(factor).add(mean));
  }
}
