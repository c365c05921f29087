package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * Lanczos resampling: an element is the sum of those around it, weighed by L(d) = sinc(d) · sinc(d
 * / radius) for distances d below the radius; what lies outside the axis is left out, and the
 * weights sum to 1.
 */
final class LanczosWindow {
  /** Below it TensorFlow takes the limit, 1. */
  private static final double NEAR = 1e-3;

  private LanczosWindow() {}

  /**
   * {@code x} with an axis that is so many times as long.
   *
   * @param extent of the axis, an int64 vector of one
   */
  static Value enlarge(Value x, int axis, Value extent, long times, long radius) {
    // An element of the result lies here among those of the input.
    Value at = Interpolation.steps(extent, times).cast(ElementType.FLOAT32);
    Value center = at.add(0.5).div(times).sub(0.5).unsqueeze(1);
    Value around = Value.longs(LongStream.rangeClosed(1 - radius, radius).toArray());
    Value places = center.floor().cast(ElementType.INT64).add(around);
    Value last = extent.sub(Value.longs(1));
    Value inside = places.ge(Value.longs(0)).and(places.le(last));
    Value weights = weights(center.sub(places.cast(ElementType.FLOAT32)).abs(), inside, radius);
    Value met = x.gather(places.max(Value.longs(0)).min(last), axis);
    long[] along = new long[x.shape().rank() - axis + 1];
    Arrays.fill(along, 1);
    along[0] = -1;
    along[1] = 2 * radius;
    return met.mul(weights.reshape(along).cast(x.element())).sum(false, axis + 1);
  }

  private static Value weights(Value distance, Value inside, long radius) {
    Value window = at(distance, radius);
    Value weights = inside.where(window, window.zerosLike());
    return weights.div(weights.sum(true, 1));
  }

  /** L at distances that are not negative. */
  static Value at(Value distance, long radius) {
    Value far = distance.max(NEAR).mul(Math.PI);
    Value window = far.sin().mul(far.div(radius).sin()).mul(radius).div(far.square());
    Value near = distance.le(NEAR).where(window.onesLike(), window);
    return distance.lt(radius).where(near, window.zerosLike());
  }
}
