package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;

/** In training images become brighter or darker. */
public final class RandomBrightness extends FactorLayer<RandomBrightness> {
  RandomBrightness() {
    super(-1, 1, true, 0);
  }

  /**
   * @param factor by what part of the range, in [-1, 1]; one number, or the least and the most
   */
  public static RandomBrightness randomBrightness(double... factor) {
    return new RandomBrightness().with(factor);
  }

  /** Between what the values of pixels lie; 0 and 255 by default. */
  public RandomBrightness valueRange(double lowest, double highest) {
    return range(lowest, highest);
  }

  @Override
  RandomBrightness self() {
    return this;
  }

  @Override
  Value changed(Call call, Value x) {
    return clipped(x.add(drawn(call, x).mul(high() - low())));
  }
}
