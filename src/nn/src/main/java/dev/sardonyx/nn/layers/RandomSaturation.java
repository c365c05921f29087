package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;

/** In training colours become paler or stronger. */
public final class RandomSaturation extends FactorLayer<RandomSaturation> {
  RandomSaturation() {
    super(-1, 1, true, 0);
  }

  /**
   * @param factor 0.5 changes nothing, 0 is gray; in [-1, 1]; one number, or the least and the most
   */
  public static RandomSaturation randomSaturation(double... factor) {
    return new RandomSaturation().with(factor);
  }

  /** Between what the values of pixels lie; 0 and 255 by default. */
  public RandomSaturation valueRange(double lowest, double highest) {
    return range(lowest, highest);
  }

  @Override
  RandomSaturation self() {
    return this;
  }

  @Override
  Value changed(Call call, Value x) {
    Value drawn = drawn(call, x);
    Value factor = drawn.div(drawn.neg().add(1 + 1e-7));
    Colors hsv = Colors.hsv(x);
    return new Colors(hsv.hue(), hsv.saturation().mul(factor).clip(low(), high()), hsv.value())
        .rgb();
  }
}
