package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;

/** Lanczos resampling as a matrix: L(d) = sinc(d) · sinc(d / radius) for |d| below the radius. */
final class LanczosWindow {
  /** Below it TensorFlow takes the limit, 1. */
  private static final double NEAR = 1e-3;

  private LanczosWindow() {}

  /**
   * The weights [n, times · n] of n elements in an axis that is so many times as long; those of one
   * element of the result sum to 1.
   *
   * @param extent n, an int64 vector of one
   */
  static Value weights(Value extent, long times, long radius) {
    Value given = Interpolation.steps(extent, 1).cast(ElementType.FLOAT32).unsqueeze(1);
    Value made = Interpolation.steps(extent, times).cast(ElementType.FLOAT32).unsqueeze(0);
    Value distance = made.add(0.5).div(times).sub(0.5).sub(given).abs();
    Value far = distance.max(NEAR).mul(Math.PI);
    Value window = far.sin().mul(far.div(radius).sin()).mul(radius).div(far.square());
    Value near = distance.le(NEAR).where(window.onesLike(), window);
    Value weights = distance.lt(radius).where(near, window.zerosLike());
    return weights.div(weights.sum(true, 0));
  }
}
