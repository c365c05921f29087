package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;

/** In training all colours turn by the same angle. */
public final class RandomHue extends FactorLayer<RandomHue> {
  RandomHue() {
    super(0, 1, true, 0);
  }

  /**
   * @param factor by what part of half a turn, in [0, 1]; one number, or the least and the most
   */
  public static RandomHue randomHue(double... factor) {
    return new RandomHue().with(factor);
  }

  /** Between what the values of pixels lie; 0 and 255 by default. */
  public RandomHue valueRange(double lowest, double highest) {
    return range(lowest, highest);
  }

  @Override
  RandomHue self() {
    return this;
  }

  @Override
  Value changed(Call call, Value x) {
    Value sign = perImage(call, x, 0, 1).gt(0.5).where(x.scalar(-1), x.scalar(1));
    Value turn = drawn(call, x).mul(sign).mul(0.5);
    Colors hsv = Colors.hsv(toUnit(x));
    Value hue = hsv.hue().add(turn);
    Value below = hue.gt(1).where(hue.sub(1), hue);
    Value inside = below.lt(0).where(below.add(1), below);
    return ofUnit(new Colors(inside, hsv.saturation(), hsv.value()).rgb().clip(0, 1));
  }
}
