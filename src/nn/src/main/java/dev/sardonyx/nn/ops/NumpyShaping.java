package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/** The same elements in another arrangement. */
final class NumpyShaping {
  static final OpTable TABLE =
      new OpTable()
          .op("Reshape(x; newshape)", c -> reshape(c, c.x(), c.integers("newshape")))
          .op("Ravel(x)", c -> c.x().reshape(-1))
          .op("Transpose(x; axes=None)", NumpyShaping::transpose)
          .op("Swapaxes(x; axis1, axis2)", NumpyShaping::swap)
          .op("Moveaxis(x; source, destination)", NumpyShaping::move)
          .op("ExpandDims(x; axis)", NumpyShaping::expandDims)
          .op("Squeeze(x; axis=None)", NumpyShaping::squeeze)
          .op("BroadcastTo(x; shape)", NumpyShaping::broadcast)
          .op("Flip(x; axis=None)", c -> flip(c.x(), c.axes("axis", c.x())))
          .op("Flipud(x)", c -> flip(c.x(), 0))
          .op("Fliplr(x)", c -> flip(c.x(), 1))
          .op("Rot90(array; k=1, axes=(0, 1))", NumpyShaping::rotate)
          .op("Roll(x; shift, axis=None)", NumpyShaping::roll)
          .op("Tile(x; repeats)", NumpyShaping::tile)
          .op("Repeat(x; repeats, axis=None)", NumpyShaping::repeat)
          .op("Ndim(x)", c -> Value.scalar(ElementType.INT32, c.x().shape().rank()))
          .op("Size(x)", c -> Sizes.count(c.x(), ElementType.INT32, c.axes("axis", c.x())));

  private NumpyShaping() {}

  /** In this shape, in which -1 is what is left over. */
  static Value reshape(OpCall call, Value x, long... shape) {
    if (LongStream.of(shape).filter(n -> n == -1).count() > 1) {
      throw call.refuse("takes one -1, got " + Arrays.toString(shape), "give the other extents");
    }
    Object[] parts = LongStream.of(shape).boxed().toArray();
    // Without a zero, this is a constant that says what it says.
    return LongStream.of(shape).anyMatch(n -> n == 0)
        ? Sizes.reshape(x, parts)
        : shape.length == 0 ? Sizes.reshape(x) : x.reshape(shape);
  }

  private static Value transpose(OpCall call) {
    Value x = call.x();
    return call.has("axes") ? Axes.transpose(x, call.axes("axes", x)) : x.transpose();
  }

  private static Value swap(OpCall call) {
    Value x = call.x();
    return Axes.swap(x, call.axis("axis1", x), call.axis("axis2", x));
  }

  private static Value move(OpCall call) {
    Value x = call.x();
    return Axes.move(x, call.axes("source", x), call.axes("destination", x));
  }

  private static Value expandDims(OpCall call) {
    Value x = call.x();
    long[] axes = call.integers("axis");
    int rank = x.shape().rank() + axes.length;
    long[] places = LongStream.of(axes).map(a -> call.axis(a, rank)).sorted().toArray();
    return x.unsqueeze(places);
  }

  private static Value squeeze(OpCall call) {
    Value x = call.x();
    long[] axes = call.axes("axis", x);
    if (!call.has("axis")) {
      axes = LongStream.of(axes).filter(a -> x.shape().dim((int) a).is(1)).toArray();
    }
    return axes.length == 0 ? x : x.squeeze(axes);
  }

  /** An extent of null is that of the batch. */
  private static Value broadcast(OpCall call) {
    List<?> shape = (List<?>) call.raw("shape");
    Value x = call.x();
    int missing = shape == null ? 0 : shape.size() - x.shape().rank();
    Object[] parts = new Object[shape == null ? 0 : shape.size()];
    for (int i = 0; i < parts.length; i++) {
      Object extent = shape == null ? null : shape.get(i);
      parts[i] = extent instanceof Number ? extent : i < missing ? 1L : Sizes.of(x, i - missing);
    }
    return x.expand(Sizes.join(parts));
  }

  static Value flip(Value x, long... axes) {
    if (axes.length == 0) {
      return x;
    }
    long[] starts = new long[axes.length];
    long[] ends = new long[axes.length];
    Arrays.fill(starts, -1);
    Arrays.fill(ends, Long.MIN_VALUE);
    return x.slice(starts, ends, axes, starts);
  }

  private static Value rotate(OpCall call) {
    Value x = call.value("array");
    long[] axes = call.axes("axes", x);
    Value swapped = Axes.swap(x, (int) axes[0], (int) axes[1]);
    return switch ((int) Math.floorMod(call.integer("k"), 4L)) {
      case 0 -> x;
      case 1 -> flip(swapped, axes[0]);
      case 2 -> flip(x, axes);
      default -> flip(swapped, axes[1]);
    };
  }

  private static Value roll(OpCall call) {
    Value x = call.x();
    long[] shifts = call.integers("shift");
    if (!call.has("axis")) {
      return roll(x.reshape(-1), 0, shifts[0]).reshapeLike(x);
    }
    long[] axes = call.axes("axis", x);
    Value rolled = x;
    for (int i = 0; i < axes.length; i++) {
      rolled = roll(rolled, (int) axes[i], shifts[shifts.length == 1 ? 0 : i]);
    }
    return rolled;
  }

  private static Value roll(Value x, int axis, long shift) {
    Value extent = Sizes.scalar(x, axis);
    Value places = Sizes.range(extent).sub(shift);
    return x.gather(Division.modulo(places, extent), axis);
  }

  private static Value tile(OpCall call) {
    Value x = call.x();
    long[] repeats = call.integers("repeats");
    int rank = Math.max(repeats.length, x.shape().rank());
    long[] all = new long[rank];
    Arrays.fill(all, 1);
    System.arraycopy(repeats, 0, all, rank - repeats.length, repeats.length);
    long[] front = LongStream.range(0, rank - x.shape().rank()).toArray();
    return (front.length == 0 ? x : x.unsqueeze(front)).tile(all);
  }

  private static Value repeat(OpCall call) {
    Value x = call.has("axis") ? call.x() : call.x().reshape(-1);
    int axis = call.has("axis") ? call.axis("axis", x) : 0;
    long[] repeats = call.integers("repeats");
    if (repeats.length != 1) {
      long[] places =
          IntStream.range(0, repeats.length)
              .mapToObj(i -> LongStream.generate(() -> i).limit(repeats[i]))
              .flatMapToLong(s -> s)
              .toArray();
      return x.gather(Value.longs(places), axis);
    }
    long[] copies = new long[x.shape().rank() + 1];
    Arrays.fill(copies, 1);
    copies[axis + 1] = repeats[0];
    Value tiled = x.unsqueeze(axis + 1).tile(copies);
    int rank = x.shape().rank();
    Dim extent = x.shape().dim(axis);
    Value length =
        extent.isFixed()
            ? Value.longs(extent.value() * repeats[0])
            : Sizes.of(x, axis).mul(repeats[0]);
    return Sizes.reshape(tiled, Sizes.shape(x, 0, axis), length, Sizes.shape(x, axis + 1, rank));
  }
}
