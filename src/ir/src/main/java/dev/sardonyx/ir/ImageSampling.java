package dev.sardonyx.ir;

import dev.sardonyx.ir.Resampling.Interpolation;
import dev.sardonyx.ir.Resampling.Outside;
import dev.sardonyx.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads images at places between their pixels, which are data.
 *
 * @param image [N,C,…] with r spatial axes
 * @param extents of each spatial axis, int64 scalars
 * @param edges whether images are mirrored at the edges of their outermost pixels, else at the
 *     centers
 */
record ImageSampling(
    Value image, List<Value> extents, Interpolation mode, Outside outside, boolean edges) {
  /** Keys's parameter, as in PyTorch. */
  private static final double A = -0.75;

  /** One pixel that is read, along one axis: which, how much it counts, whether it is there. */
  private record Tap(Value index, @Nullable Value weight, @Nullable Value isInside) {}

  /**
   * @param places for each spatial axis [N,P], counted in pixels
   * @return [N,C,P]
   */
  Value at(List<Value> places) {
    List<Tap> taps = List.of(new Tap(Value.scalar(ElementType.INT64, 0), null, null));
    for (int axis = 0; axis < places.size(); axis++) {
      List<Tap> longer = new ArrayList<>();
      List<Tap> along = along(places.get(axis), extents.get(axis));
      for (Tap before : taps) {
        for (Tap tap : along) {
          longer.add(joined(before, tap, extents.get(axis)));
        }
      }
      taps = longer;
    }
    // Pixels with all their channels lie together: [N,pixels,C].
    Value pixels = image.reshape(0, 0, -1).transpose(0, 2, 1);
    Value sum = null;
    for (Tap tap : taps) {
      Value read = Value.of(new Gathering.GatherND(1), pixels, tap.index().unsqueeze(2));
      if (tap.isInside() != null) {
        read = tap.isInside().unsqueeze(2).where(read, read.scalar(0));
      }
      if (tap.weight() != null) {
        read = read.mul(tap.weight().cast(read.element()).unsqueeze(2));
      }
      sum = sum == null ? read : sum.add(read);
    }
    return Objects.requireNonNull(sum).transpose(0, 2, 1);
  }

  private static Tap joined(Tap before, Tap tap, Value extent) {
    return new Tap(
        before.index().mul(extent).add(tap.index()),
        before.weight() == null || tap.weight() == null
            ? (before.weight() == null ? tap.weight() : before.weight())
            : before.weight().mul(tap.weight()),
        before.isInside() == null || tap.isInside() == null
            ? (before.isInside() == null ? tap.isInside() : before.isInside())
            : before.isInside().and(tap.isInside()));
  }

  private List<Tap> along(Value places, Value extent) {
    Value wide = extent.cast(places.element());
    Value x = mode == Interpolation.NEAREST ? places.round() : places;
    Value least = x.scalar(edges ? -0.5 : 0);
    Value most = wide.sub(edges ? 0.5 : 1);
    if (outside != Outside.ZEROS) {
      Value moved =
          outside == Outside.BORDER ? x.max(0).min(wide.sub(1)) : mirrored(x, least, most);
      x = x.lt(least).or(x.gt(most)).where(moved, x);
    }
    List<Tap> taps = new ArrayList<>();
    if (mode == Interpolation.NEAREST) {
      taps.add(tap(x, wide, null, least, most));
      return taps;
    }
    Value floor = x.floor();
    Value ratio = x.sub(floor);
    boolean linear = mode == Interpolation.LINEAR;
    for (int k = linear ? 0 : -1; k <= (linear ? 1 : 2); k++) {
      Value weight = linear ? linear(ratio, k) : cubic(ratio, k, A);
      taps.add(tap(k == 0 ? floor : floor.add(k), wide, weight, least, most));
    }
    return taps;
  }

  /** What pixel {@code k} after the one on the left counts. */
  static Value linear(Value ratio, int k) {
    return k == 0 ? ratio.scalar(1).sub(ratio) : ratio;
  }

  /** What pixel {@code k} after the one on the left counts, with Keys's parameter a. */
  static Value cubic(Value ratio, int k, double a) {
    boolean inner = k == 0 || k == 1;
    Value d = k <= 0 ? ratio.sub(k) : ratio.scalar(k).sub(ratio);
    if (inner) {
      return d.mul(a + 2).sub(a + 3).mul(d).mul(d).add(1);
    }
    return d.sub(5).mul(d).add(8).mul(d).sub(4).mul(a);
  }

  private Tap tap(Value x, Value wide, @Nullable Value weight, Value least, Value most) {
    Value last = wide.sub(1);
    if (outside == Outside.ZEROS) {
      Value inside = x.ge(0).and(x.le(last));
      return new Tap(x.max(0).min(last).cast(ElementType.INT64), weight, inside);
    }
    Value moved = outside == Outside.REFLECTION ? mirrored(x, least, most) : x;
    return new Tap(moved.max(0).min(last).cast(ElementType.INT64), weight, null);
  }

  /** Mirrored at both ends as often as it takes. */
  private static Value mirrored(Value x, Value least, Value most) {
    Value range = most.sub(least);
    Value far = x.sub(least).abs();
    Value twice = range.mul(2);
    Value rest = far.sub(far.div(twice).floor().mul(twice));
    Value near = rest.gt(range).where(twice.sub(rest), rest);
    return near.add(least);
  }
}
