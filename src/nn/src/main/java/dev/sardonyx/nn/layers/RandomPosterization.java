package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import java.util.List;

/** In training the values of pixels lose their last bits. */
public final class RandomPosterization extends FactorLayer<RandomPosterization> {
  RandomPosterization() {
    super(1, 8, true, 8);
  }

  /**
   * @param factor how many bits stay, whole numbers in [1, 8]; one number, or the least and the
   *     most
   */
  public static RandomPosterization randomPosterization(double... factor) {
    return new RandomPosterization().with(factor);
  }

  /** Between what the values of pixels lie; 0 and 255 by default. */
  public RandomPosterization valueRange(double lowest, double highest) {
    return range(lowest, highest);
  }

  @Override
  RandomPosterization self() {
    return this;
  }

  @Override
  Value changed(Call call, Value x) {
    Value bits =
        factor().lower() == factor().upper()
            ? x.scalar(factor().lower())
            : perImage(call, x, factor().lower(), factor().upper()).floor();
    Value step = x.scalar(2).pow(bits.neg().add(8));
    Value values = toUnit(x).mul(255).clip(0, 255).floor();
    return ofUnit(values.div(step).floor().mul(step).div(255));
  }

  @Override
  Object written() {
    return List.of((long) factor().lower(), (long) factor().upper());
  }
}
