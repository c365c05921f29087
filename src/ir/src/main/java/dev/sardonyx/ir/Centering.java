package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What CenterCropPad takes and gives, and how it is said in other operators. */
final class Centering {
  private static final int SHAPE = 1;

  private Centering() {}

  static Shape shape(Inference in, List<Long> listed) {
    List<Dim> extents = Vectors.integers(in, SHAPE);
    if (extents != null) {
      Vectors.requireExtents(in, SHAPE, extents);
    }
    Shape x = in.shape(0);
    if (!x.isRanked()) {
      return x;
    }
    int[] axes = axes(in, listed, x.rank());
    Vectors.requireLength(in, SHAPE, extents, axes.length);
    List<Dim> dims = new ArrayList<>(x.dims());
    for (int i = 0; i < axes.length; i++) {
      dims.set(axes[i], extents == null ? Dim.UNKNOWN : extents.get(i));
    }
    return Shape.of(dims);
  }

  private static int[] axes(Inference in, List<Long> listed, int rank) {
    int[] axes = Vectors.axes(in, listed.stream().map(Dim::of).toList(), rank);
    return listed.isEmpty() || axes == null ? IntStream.range(0, rank).toArray() : axes;
  }

  /** The standard's function, on the axes that it is for; null where the rank is not known. */
  static @Nullable List<@Nullable Value> expand(Expansion e, List<Long> listed) {
    Value x = e.x();
    if (!x.shape().isRanked()) {
      return null;
    }
    int rank = x.shape().rank();
    long[] axes =
        listed.isEmpty()
            ? IntStream.range(0, rank).asLongStream().toArray()
            : listed.stream().mapToLong(a -> a < 0 ? a + rank : a).toArray();
    Value wanted = e.x(SHAPE).cast(ElementType.INT64);
    Value two = Value.longs(2);
    Value had = Extents.join(Arrays.stream(axes).mapToObj(a -> Extents.axis(x, (int) a)).toList());
    Value missing = had.max(wanted).sub(had);
    Value before = missing.div(two);
    Value pads = Value.concat(0, before, missing.sub(before));
    Value list = Value.longs(axes);
    Op pad = new Slicing.Pad(Slicing.PadMode.CONSTANT);
    Value padded = Value.of(pad, x, pads, null, list);
    Value start = had.max(wanted).sub(wanted).div(two);
    Value cropped = Value.of(new Slicing.Slice(), padded, start, start.add(wanted), list);
    Shape target = e.node().output().shape();
    return List.of(Extents.reshape(cropped, target, cropped::shapeOf));
  }
}
