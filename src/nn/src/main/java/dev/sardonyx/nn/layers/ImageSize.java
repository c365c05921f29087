package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Slicing;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.stream.LongStream;

/** Images, channels first, cut and resized; their height and width need not be known. */
final class ImageSize {
  private ImageSize() {}

  /** The middle of images, as large as it can be with the ratio of {@code height : width}. */
  static Value cropped(Value x, long height, long width) {
    Value h = Extent.of(x, 2);
    Value w = Extent.of(x, 3);
    Value high = fitting(w, height, width).min(h).max(Value.longs(1));
    Value wide = fitting(h, width, height).min(w).max(Value.longs(1));
    return middle(x, high, wide);
  }

  /** So many rows and columns in the middle; a row or column too much is left at the end. */
  static Value middle(Value x, Value rows, Value columns) {
    Value size = Value.concat(0, rows, columns);
    Value start = Extent.of(x, 2, 4).sub(size).div(Value.longs(2));
    return Value.of(
        new Slicing.Slice(), x, start, start.add(size), Value.longs(2, 3), Value.longs(1, 1));
  }

  /** So many elements in the middle of an axis that has as many. */
  static Value middle(Value x, int axis, long size) {
    Value start = Extent.of(x, axis).sub(size).div(Value.longs(2));
    Value places = Value.constant(Tensor.of(LongStream.range(0, size).toArray(), size));
    return x.gather(places.add(start), axis);
  }

  /** Images with a border, so that they have the ratio of {@code height : width}. */
  static Value padded(Value x, long height, long width, double fill) {
    Value h = Extent.of(x, 2);
    Value w = Extent.of(x, 3);
    Value above = fitting(w, height, width).max(h).sub(h).div(Value.longs(2));
    Value beside = fitting(h, width, height).max(w).sub(w).div(Value.longs(2));
    Value none = Value.longs(0, 0);
    Value pads = Value.concat(0, none, above, beside, none, above, beside);
    return Value.of(
        new Slicing.Pad(Slicing.PadMode.CONSTANT), x, pads, Value.scalar(x.element(), fill));
  }

  /** ⌊extent · times / by⌋. */
  private static Value fitting(Value extent, long times, long by) {
    return extent.mul(Value.longs(times)).div(Value.longs(by));
  }

  /** Images of this size, float32 but for the nearest pixels, which keep their type. */
  static Value resized(Value x, long height, long width, Interpolation how, boolean antialias) {
    if (how == Interpolation.NEAREST) {
      return nearest(nearest(x, 2, height), 3, width);
    }
    Value y = x.cast(ElementType.FLOAT32);
    // Whole numbers are rounded: halves must come out exactly, which the operator misses.
    if (how == Interpolation.BILINEAR && !antialias && x.element().isFloat()) {
      return how.resize(y, height, width);
    }
    ResizeWeights weights = new ResizeWeights(how, antialias);
    return weights.along(weights.along(y, 2, height), 3, width);
  }

  private static Value nearest(Value x, int axis, long extent) {
    Value scale = Extent.scalar(x, axis).cast(ElementType.FLOAT32).div(extent);
    Value places =
        Value.range(scale.scalar(0), scale.scalar(extent), scale.scalar(1)).add(0.5).mul(scale);
    Value last = Extent.scalar(x, axis).sub(1);
    return x.gather(places.floor().cast(ElementType.INT64).min(last), axis);
  }
}
