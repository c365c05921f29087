package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;

/** In training colours fade. */
public final class RandomColorDegeneration extends FactorLayer<RandomColorDegeneration> {
  RandomColorDegeneration() {
    super(-1, 1, true, 0);
  }

  /**
   * @param factor how far images become gray, in [-1, 1]; one number, or the least and the most
   */
  public static RandomColorDegeneration randomColorDegeneration(double... factor) {
    return new RandomColorDegeneration().with(factor);
  }

  /** Between what the values of pixels lie; 0 and 255 by default. */
  public RandomColorDegeneration valueRange(double lowest, double highest) {
    return range(lowest, highest);
  }

  @Override
  RandomColorDegeneration self() {
    return this;
  }

  @Override
  Value changed(Call call, Value x) {
    Value gray = Colors.gray(x);
    return clipped(x.add(drawn(call, x).mul(gray.sub(x))));
  }
}
