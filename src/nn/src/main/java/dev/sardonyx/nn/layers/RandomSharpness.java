package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;

/** In training images become sharper or smoother. */
public final class RandomSharpness extends FactorLayer<RandomSharpness> {
  private static final float SIDE = 1f / 13;
  private static final Tensor SMOOTHING =
      Tensor.of(new float[] {SIDE, SIDE, SIDE, SIDE, 5 * SIDE, SIDE, SIDE, SIDE, SIDE}, 3, 3);

  RandomSharpness() {
    super(0, 1, true, 0);
  }

  /**
   * @param factor 0.5 changes nothing, 0 is smooth; in [0, 1]; one number, or the least and the
   *     most
   */
  public static RandomSharpness randomSharpness(double... factor) {
    return new RandomSharpness().with(factor);
  }

  /** Between what the values of pixels lie; 0 and 255 by default. */
  public RandomSharpness valueRange(double lowest, double highest) {
    return range(lowest, highest);
  }

  @Override
  RandomSharpness self() {
    return this;
  }

  @Override
  boolean casts() {
    return true;
  }

  @Override
  Value changed(Call call, Value x) {
    Value sharpness = drawn(call, x).mul(2);
    Value smooth = Filters.perChannel(this, x, Value.constant(SMOOTHING));
    return clipped(x.add(sharpness.neg().add(1).mul(smooth.sub(x))));
  }
}
