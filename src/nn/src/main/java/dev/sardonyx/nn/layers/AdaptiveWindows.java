package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.Arrays;
import java.util.stream.LongStream;

/** Windows whose number along an axis is given; their extents differ by one where they must. */
public final class AdaptiveWindows {
  /** How the elements of a window become one. */
  public enum Pool {
    MEAN,
    MAX;

    Value of(WindowGrid windows, Value x) {
      return this == MEAN ? windows.averagePool(x) : windows.maxPool(x);
    }
  }

  private AdaptiveWindows() {}

  /** {@code x} with its axis pooled to {@code count} windows, whatever its extent. */
  static Value pool(Value x, int axis, long count, Pool pool) {
    if (count == 1) {
      return pool == Pool.MEAN ? x.mean(true, axis) : x.max(true, axis);
    }
    Value extent = Extent.of(x, axis);
    Value starts = bounds(count, 0).mul(extent).div(Value.longs(count));
    Value ends = bounds(count, 1).mul(extent).add(Value.longs(count - 1)).div(Value.longs(count));
    Value places = starts.unsqueeze(1).add(steps(extent, count));
    return pool == Pool.MEAN
        ? mean(x, axis, places, extent, starts, ends)
        : x.gather(places.min(ends.sub(Value.longs(1)).unsqueeze(1)), axis).max(false, axis + 1);
  }

  private static Value bounds(long count, long first) {
    return Value.longs(LongStream.range(first, first + count).toArray());
  }

  /** 0, 1, … for the elements of the longest window. */
  private static Value steps(Value extent, long count) {
    Value longest = extent.add(Value.longs(count - 1)).div(Value.longs(count)).add(Value.longs(1));
    Value zero = Value.scalar(ElementType.INT64, 0);
    Value one = Value.scalar(ElementType.INT64, 1);
    return Value.range(zero, longest.squeeze(0), one);
  }

  /** Windows that are shorter than the longest one see a zero behind the axis. */
  private static Value mean(
      Value x, int axis, Value places, Value extent, Value starts, Value ends) {
    int rank = x.shape().rank();
    long[] pads = new long[2 * rank];
    pads[rank + axis] = 1;
    Value inside = places.lt(ends.unsqueeze(1)).where(places, extent);
    Value sum = x.pad(pads, 0).gather(inside, axis).sum(false, axis + 1);
    long[] along = new long[rank - axis];
    Arrays.fill(along, 1);
    along[0] = -1;
    return sum.div(ends.sub(starts).reshape(along).cast(x.element()));
  }
}
