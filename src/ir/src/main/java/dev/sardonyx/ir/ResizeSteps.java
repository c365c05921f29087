package dev.sardonyx.ir;

import dev.sardonyx.ir.Resampling.AspectRatio;
import dev.sardonyx.ir.Resampling.Coordinates;
import dev.sardonyx.ir.Resampling.Interpolation;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Resize for extents and scales that only running tells, one axis after the other: the neighbours
 * of all elements are gathered and weighed.
 */
final class ResizeSteps {
  private static final ElementType WIDE = ElementType.FLOAT32;

  private final Resampling.Resize op;
  private final Expansion e;
  private final int[] axes;
  private final Value scales;
  private final Value sizes;

  /** One axis: its extents and scale as scalars of floats, the exact extent not rounded. */
  private record Axis(Value wide, Value narrow, Value scale, Value exact) {}

  ResizeSteps(Expansion e, Resampling.Resize op, int[] axes, boolean bySizes) {
    this.op = op;
    this.e = e;
    this.axes = axes;
    Value extents =
        Extents.join(Arrays.stream(axes).mapToObj(a -> Extents.axis(e.x(), a)).toList()).cast(WIDE);
    if (!bySizes) {
      this.scales = e.x(ResizeShape.SCALES).cast(WIDE);
      this.sizes = extents.mul(scales).floor();
    } else {
      Value wanted = e.x(ResizeShape.SIZES).cast(WIDE);
      Value ratios = wanted.div(extents);
      boolean stretch = op.keepAspectRatioPolicy() == AspectRatio.STRETCH;
      boolean larger = op.keepAspectRatioPolicy() == AspectRatio.NOT_SMALLER;
      Value common = larger ? ratios.max(true, 0) : ratios.min(true, 0);
      this.scales = stretch ? ratios : common.add(ratios.sub(ratios));
      this.sizes = stretch ? wanted : extents.mul(common).add(0.5).floor();
    }
  }

  /** The result; null where pixels cannot be weighed, or their number is not known. */
  @Nullable Value result() {
    boolean nearest = op.mode() == Interpolation.NEAREST;
    if (!nearest && (op.antialias() || !e.element(0).isFloat())) {
      return null;
    }
    Shape to = e.node().output().shape();
    Value y = e.x();
    for (int i = 0; i < axes.length; i++) {
      boolean crops = op.coordinateTransformationMode() == Coordinates.TF_CROP_AND_RESIZE;
      Tensor known = e.has(ResizeShape.SCALES) ? e.x(ResizeShape.SCALES).constant() : null;
      Dim extent = e.shape(0).dim(axes[i]);
      boolean same = known != null && known.size() > i && known.getDouble(i) == 1;
      if (crops || !same || !extent.provablySame(to.dim(axes[i]))) {
        y = along(y, i);
      }
    }
    Value resized = y;
    return Extents.reshape(resized, to, resized::shapeOf);
  }

  private Value along(Value x, int i) {
    Value wide = Extents.axis(e.x(), axes[i]).squeeze(0).cast(WIDE);
    Value narrow = element(sizes, i);
    Value scale = element(scales, i);
    Axis axis = new Axis(wide, narrow, scale, scale.mul(wide));
    Value places = places(axis, i);
    Value y =
        op.mode() == Interpolation.NEAREST
            ? x.gather(pixel(nearest(places), wide), axes[i])
            : weighed(x, places, wide, axes[i]);
    if (op.coordinateTransformationMode() != Coordinates.TF_CROP_AND_RESIZE) {
      return y;
    }
    Value outside = places.lt(0).or(places.gt(wide.sub(1)));
    return upright(outside, x, axes[i]).where(y.scalar(op.extrapolationValue()), y);
  }

  private static Value element(Value vector, int i) {
    return vector.slice(0, i, i + 1).squeeze(0);
  }

  private Value places(Axis axis, int i) {
    Value zero = Value.constant(Tensor.scalar(0L));
    Value one = Value.constant(Tensor.scalar(1L));
    Value index = Value.range(zero, axis.narrow().cast(ElementType.INT64), one).cast(WIDE);
    Value half = index.add(0.5).div(axis.scale()).sub(0.5);
    Value single = axis.exact().eq(1);
    Value last = axis.wide().sub(1);
    Value steps = single.where(index.scalar(1), axis.exact().sub(1));
    return switch (op.coordinateTransformationMode()) {
      case HALF_PIXEL -> half;
      case HALF_PIXEL_SYMMETRIC -> {
        Value share = axis.narrow().div(axis.exact());
        yield axis.wide().div(2).mul(share.neg().add(1)).add(half);
      }
      case PYTORCH_HALF_PIXEL -> single.where(index.scalar(-0.5), half);
      case ALIGN_CORNERS -> single.where(index.scalar(0), index.mul(last).div(steps));
      case ASYMMETRIC -> index.div(axis.scale());
      case TF_CROP_AND_RESIZE -> {
        Value roi = e.x(ResizeShape.ROI).cast(WIDE);
        Value start = element(roi, i);
        Value part = element(roi, axes.length + i).sub(start).mul(last);
        Value from = single.where(part.div(2), index.mul(part).div(steps));
        yield start.mul(last).add(from);
      }
    };
  }

  private Value nearest(Value places) {
    return switch (op.nearestMode()) {
      case ROUND_PREFER_FLOOR -> places.sub(0.5).ceil();
      case ROUND_PREFER_CEIL -> places.add(0.5).floor();
      case FLOOR -> places.floor();
      case CEIL -> places.ceil();
    };
  }

  private static Value pixel(Value place, Value wide) {
    return place.max(0).min(wide.sub(1)).cast(ElementType.INT64);
  }

  private Value weighed(Value x, Value places, Value wide, int axis) {
    Value floor = places.floor();
    Value ratio = places.sub(floor);
    boolean linear = op.mode() == Interpolation.LINEAR;
    List<Value> taps = new ArrayList<>();
    List<Value> weights = new ArrayList<>();
    for (int k = linear ? 0 : -1; k <= (linear ? 1 : 2); k++) {
      Value tap = floor.add(k);
      Value weight =
          linear ? ImageSampling.linear(ratio, k) : ImageSampling.cubic(ratio, k, op.cubicCoeffA());
      Value inside = tap.ge(0).and(tap.le(wide.sub(1)));
      taps.add(tap);
      weights.add(op.excludeOutside() ? inside.where(weight, weight.scalar(0)) : weight);
    }
    Value total = weights.stream().reduce(Value::add).orElseThrow();
    Value y = null;
    for (int k = 0; k < taps.size(); k++) {
      Value weight = op.excludeOutside() ? weights.get(k).div(total) : weights.get(k);
      Value read = x.gather(pixel(taps.get(k), wide), axis);
      Value term = read.mul(upright(weight.cast(x.element()), x, axis));
      y = y == null ? term : y.add(term);
    }
    return Objects.requireNonNull(y);
  }

  /** A vector along one axis of {@code x}. */
  private static Value upright(Value vector, Value x, int axis) {
    long[] shape = new long[x.shape().rank() - axis];
    Arrays.fill(shape, 1);
    shape[0] = -1;
    return vector.reshape(shape);
  }
}
