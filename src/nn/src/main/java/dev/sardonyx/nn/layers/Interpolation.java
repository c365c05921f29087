package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Resampling.AspectRatio;
import dev.sardonyx.ir.Resampling.Coordinates;
import dev.sardonyx.ir.Resampling.Resize;
import dev.sardonyx.ir.Resampling.Rounding;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/**
 * How elements between those of an image are made. All but the nearest take the centers of elements
 * to lie half a step from their edges.
 */
public enum Interpolation {
  /** Each element repeated. */
  NEAREST,
  /** The two nearest along each axis, by their distance. */
  BILINEAR,
  /**
   * Four along each axis, by cubic convolution (Keys 1981, a = -½); what lies outside is left out.
   */
  BICUBIC,
  /** Six along each axis, by the Lanczos window of radius 3. */
  LANCZOS3,
  /** Ten along each axis, by the Lanczos window of radius 5. */
  LANCZOS5;

  /** [batch, channels, …] with each spatial axis as many times as long. */
  Value enlarge(Value x, List<Long> times) {
    return switch (this) {
      case NEAREST -> x.element().isFloat() ? resize(x, times) : repeat(x, times);
      case BILINEAR, BICUBIC -> resize(x, times);
      case LANCZOS3 -> lanczos(x, times, 3);
      case LANCZOS5 -> lanczos(x, times, 5);
    };
  }

  private Value resize(Value x, List<Long> times) {
    float[] scales = new float[times.size() + 2];
    for (int i = 0; i < scales.length; i++) {
      scales[i] = i < 2 ? 1 : times.get(i - 2);
    }
    return Value.of(operator(), x, null, Value.constant(Tensor.of(scales, scales.length)));
  }

  /** [batch, channels, height, width] at another size; bilinear. */
  Value resize(Value x, long height, long width) {
    Value sizes = Value.concat(0, Extent.of(x, 0, 2), Value.longs(height, width));
    return Value.of(operator(), x, null, null, sizes);
  }

  private Resize operator() {
    return new Resize(
        false,
        List.of(),
        this == NEAREST ? Coordinates.ASYMMETRIC : Coordinates.HALF_PIXEL,
        -0.5f,
        this == BICUBIC,
        0,
        AspectRatio.STRETCH,
        mode(),
        this == NEAREST ? Rounding.FLOOR : Rounding.ROUND_PREFER_FLOOR);
  }

  private dev.sardonyx.ir.Resampling.Interpolation mode() {
    return switch (this) {
      case NEAREST -> dev.sardonyx.ir.Resampling.Interpolation.NEAREST;
      case BILINEAR -> dev.sardonyx.ir.Resampling.Interpolation.LINEAR;
      default -> dev.sardonyx.ir.Resampling.Interpolation.CUBIC;
    };
  }

  private static Value repeat(Value x, List<Long> times) {
    Value y = x;
    for (int i = 0; i < times.size(); i++) {
      y = y.gather(steps(Extent.of(x, i + 2), times.get(i)).div(Value.longs(times.get(i))), i + 2);
    }
    return y;
  }

  private static Value lanczos(Value x, List<Long> times, long radius) {
    Value y = x;
    for (int i = 0; i < times.size(); i++) {
      y = LanczosWindow.enlarge(y, i + 2, Extent.of(y, i + 2), times.get(i), radius);
    }
    return y;
  }

  /** 0, 1, … for the elements of an axis that is so many times as long. */
  static Value steps(Value extent, long times) {
    return Value.range(
        Value.scalar(ElementType.INT64, 0),
        extent.mul(Value.longs(times)).squeeze(0),
        Value.scalar(ElementType.INT64, 1));
  }
}
