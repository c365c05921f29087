package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;

/** Boxes of fixed extents at places that may be computed; they are moved to fit. */
final class Windowed {
  private Windowed() {}

  /** Where the box begins along an axis, an int64 scalar. */
  private static Value start(Value starts, int axis, Value extent, Value length) {
    Value start = starts.cast(ElementType.INT64).gather(Value.longs(axis).squeeze(0), 0);
    return start.min(extent.sub(length)).max(0);
  }

  /** An extent of -1 is all that is left. */
  static Value slice(OpCall call) {
    Value x = call.value("inputs");
    Value starts = call.value("start_indices");
    long[] shape = call.integers("shape");
    for (int axis = 0; axis < shape.length; axis++) {
      if (shape[axis] < 0) {
        Value begin = starts.cast(ElementType.INT64).slice(0, axis, axis + 1);
        x =
            Value.of(
                new dev.sardonyx.ir.Slicing.Slice(),
                x,
                begin,
                Value.longs(Long.MAX_VALUE),
                Value.longs(axis));
        continue;
      }
      Value length = Value.longs(shape[axis]).squeeze(0);
      Value places = Value.longs(java.util.stream.LongStream.range(0, shape[axis]).toArray());
      x = x.gather(places.add(start(starts, axis, Sizes.scalar(x, axis), length)), axis);
    }
    return x;
  }

  static Value update(OpCall call) {
    Value x = call.value("inputs");
    Value starts = call.value("start_indices");
    Value updates = call.value("updates").cast(x.element());
    Value moved = updates;
    Value inside = null;
    int rank = x.shape().rank();
    for (int axis = 0; axis < rank; axis++) {
      Value length = Sizes.scalar(updates, axis);
      Value extent = Sizes.scalar(x, axis);
      Value places = Sizes.range(extent).sub(start(starts, axis, extent, length));
      Value last = length.sub(1);
      moved = moved.gather(places.max(0).min(last), axis);
      Value here = places.ge(0).and(places.le(last));
      Value along = Axes.restore(here, Axes.others(x, axis));
      inside = inside == null ? along : inside.and(along);
    }
    return inside == null ? updates : inside.where(moved, x);
  }
}
