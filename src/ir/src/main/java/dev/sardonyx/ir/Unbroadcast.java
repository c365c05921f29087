package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The transpose of broadcasting: sums over the axes along which a value was repeated. */
final class Unbroadcast {
  private Unbroadcast() {}

  static Value sumTo(Value x, Value like) {
    Shape from = x.shape();
    Shape to = like.shape();
    if (x == like || from.provablySame(to)) {
      return x;
    }
    boolean ranked = from.isRanked() && to.isRanked();
    if (ranked && from.rank() < to.rank()) {
      return x.reshapeLike(like);
    }
    List<Long> inner = ranked ? stretched(from, to) : null;
    return inner == null ? atRunTime(x, like) : sum(x, from.rank() - to.rank(), inner);
  }

  private static Value sum(Value x, int leading, List<Long> inner) {
    long[] outer = LongStream.range(0, leading).toArray();
    if (inner.isEmpty()) {
      return leading == 0 ? x : x.sum(false, outer);
    }
    LongStream all = LongStream.concat(LongStream.of(outer), inner.stream().mapToLong(a -> a));
    Value sum = x.sum(true, all.toArray());
    return leading == 0 ? sum : sum.squeeze(outer);
  }

  /** The axes of {@code from} that were of extent 1 in {@code to}; null where it is not certain. */
  private static @Nullable List<Long> stretched(Shape from, Shape to) {
    int leading = from.rank() - to.rank();
    List<Long> axes = new ArrayList<>();
    for (int i = 0; i < to.rank(); i++) {
      Dim wide = from.dim(leading + i);
      Dim narrow = to.dim(i);
      if (narrow.is(1) && !wide.is(1)) {
        axes.add((long) leading + i);
      } else if (!wide.is(1) && !narrow.isFixed() && !wide.provablySame(narrow)) {
        return null;
      }
    }
    return axes;
  }

  private static Value atRunTime(Value x, Value like) {
    Value differs = Extents.shape(x).eq(padded(x, like)).not();
    Value axes = Value.of(new Selection.NonZero(), differs).squeeze(0);
    Value sum = Value.of(new Aggregation.ReduceSum(true, true), x, axes);
    return Value.of(new Layout.Reshape(true), sum, Extents.shape(like));
  }

  /** The shape of {@code like} with as many ones before it as make it as long as that of x. */
  private static Value padded(Value x, Value like) {
    Value shape = Extents.shape(like);
    Value missing = Extents.shape(x).shapeOf().sub(shape.shapeOf());
    List<Dim> count = missing.node().content();
    if (count != null && count.get(0).is(0)) {
      return shape;
    }
    if (count != null && count.get(0).isFixed()) {
      return Value.concat(0, Value.longs(ones(count.get(0).value())), shape);
    }
    Value one = Value.of(new Sizing.ConstantOfShape(Tensor.full(ElementType.INT64, 1, 1)), missing);
    return Value.concat(0, one, shape);
  }

  private static long[] ones(long count) {
    return LongStream.generate(() -> 1).limit(count).toArray();
  }
}
