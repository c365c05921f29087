package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;

/** In training some images become their negatives. */
public final class RandomInvert extends FactorLayer<RandomInvert> {
  RandomInvert() {
    super(0, 1, true, 1);
  }

  /**
   * @param factor how probable that is, in [0, 1]; one number, or the least and the most
   */
  public static RandomInvert randomInvert(double... factor) {
    return new RandomInvert().with(factor);
  }

  /** Between what the values of pixels lie; 0 and 255 by default. */
  public RandomInvert valueRange(double lowest, double highest) {
    return range(lowest, highest);
  }

  @Override
  RandomInvert self() {
    return this;
  }

  @Override
  Value changed(Call call, Value x) {
    return chosen(call, x).where(x.neg().add(high()), x);
  }
}
