package dev.sardonyx.ir;

import dev.sardonyx.ir.Caching.TensorScatter;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What TensorScatter takes and gives, and how it is said in other operators. */
final class CacheUpdate {
  private static final int STARTS = 2;

  private CacheUpdate() {}

  static List<Type> types(Inference in, TensorScatter op) {
    Shape cache = in.shape(0);
    Shape update = in.shape(1);
    Shape result = cache;
    if (cache.isRanked()) {
      int axis = axis(in, op, cache.rank());
      if (update.isRanked()) {
        result = agreed(in, cache, update, axis);
      }
    }
    checkStarts(in, result);
    return List.of(in.type(0).with(result));
  }

  private static int axis(Inference in, TensorScatter op, int rank) {
    int axis = in.axis(op.axis(), rank);
    if (axis == 0) {
      throw in.fail(
          "ATTR-004",
          "has the axis %s of a cache of rank %s".formatted(op.axis(), rank),
          "the first axis counts samples; write along another one");
    }
    return axis;
  }

  private static Shape agreed(Inference in, Shape cache, Shape update, int axis) {
    if (update.rank() != cache.rank()) {
      throw in.fail(
          "SHAPE-023",
          "needs the ranks of past_cache and update to agree, got %s and %s"
              .formatted(cache.rank(), update.rank()),
          "they differ in the extent of one axis only");
    }
    List<Dim> dims = new ArrayList<>();
    for (int i = 0; i < cache.rank(); i++) {
      dims.add(
          i == axis
              ? cache.dim(i)
              : Vectors.same(in, cache.dim(i), update.dim(i), "axis " + i + " of both inputs"));
    }
    Dim room = cache.dim(axis).minus(update.dim(axis));
    if (room.isFixed() && room.value() < 0) {
      throw in.fail(
          "SHAPE-073",
          "cannot write %s positions into a cache of %s"
              .formatted(update.dim(axis), cache.dim(axis)),
          "an update is at most as long as the cache");
    }
    return Shape.of(dims);
  }

  private static void checkStarts(Inference in, Shape cache) {
    if (!in.has(STARTS)) {
      return;
    }
    List<Dim> starts = Vectors.int64s(in, STARTS);
    if (in.shape(STARTS).isRanked() && cache.isRanked()) {
      Vectors.same(
          in, cache.dim(0), in.shape(STARTS).dim(0), "the batch and the length of write_indices");
    }
    if (starts != null) {
      Vectors.requireExtents(in, STARTS, starts);
    }
  }

  /** The result; null where the rank is not known. */
  static @Nullable List<@Nullable Value> expand(Expansion e, TensorScatter op) {
    Shape shape = e.shape(1).isRanked() ? e.shape(1) : e.shape(0);
    if (!shape.isRanked()) {
      return null;
    }
    int rank = shape.rank();
    int axis = (int) (op.axis() < 0 ? op.axis() + rank : op.axis());
    Value cache = e.x(0);
    Value update = e.x(1);
    Value length = Extents.axis(update, axis);
    if (!e.has(STARTS)) {
      Value ends = Value.longs(Long.MAX_VALUE);
      Value rest = Value.of(new Slicing.Slice(), cache, length, ends, Value.longs(axis));
      return List.of(Value.concat(axis, update, rest));
    }
    Value zero = Value.constant(Tensor.scalar(0L));
    Value one = Value.constant(Tensor.scalar(1L));
    Value steps = Value.range(zero, length.squeeze(0), one);
    long[] others = LongStream.range(1, rank).toArray();
    long[] after = LongStream.range(1, rank - axis).toArray();
    Value column = after.length == 0 ? steps : steps.unsqueeze(after);
    Value places = e.x(STARTS).unsqueeze(others).add(column);
    if (op.mode() == Caching.CacheMode.CIRCULAR) {
      places = Value.of(new Arithmetic.Mod(false), places, Extents.axis(cache, axis));
    }
    Value indices = places.expandLike(update);
    return List.of(cache.scatterElements(indices, update, axis, Indexing.ScatterReduction.NONE));
  }
}
