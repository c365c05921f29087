package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What one scale is for: the whole tensor, an index of one axis, or a block along an axis. */
record Granularity(long axis, long blockSize) {
  /** Refuses scales (input 1) and zero points (input 2) that do not go with the tensor. */
  void check(Inference in) {
    if (blockSize < 0) {
      throw in.fail(
          "ATTR-004", "has block_size=" + blockSize, "it is 0 without blocks, else 1 or more");
    }
    for (int i = 1; i <= 2 && in.has(i); i++) {
      check(in, i);
    }
    if (in.has(2) && in.shape(1).isRanked() && in.shape(2).isRanked()) {
      boolean scalars = in.shape(1).size().is(1) && in.shape(2).size().is(1);
      if (in.shape(1).rank() != in.shape(2).rank() && !scalars) {
        throw refuse(in, 2, in.shape(1) + " (the scale's shape)");
      }
    }
  }

  private void check(Inference in, int i) {
    Shape scale = in.shape(i);
    Shape x = in.shape(0);
    if (!scale.isRanked() || scale.size().is(1) && scale.rank() <= 1 || !x.isRanked()) {
      return;
    }
    if (blockSize == 0) {
      int at = x.rank() == 1 ? 0 : in.axis(axis, x.rank());
      if (scale.rank() != 1 || differ(scale.dim(0), x.dim(at))) {
        throw refuse(in, i, "one number, or [%s] for axis %s".formatted(x.dim(at), at));
      }
      return;
    }
    int at = in.axis(axis, x.rank());
    Shape blocks = x.with(at, x.dim(at).ceilDiv(blockSize));
    boolean fits = scale.rank() == x.rank();
    for (int k = 0; fits && k < x.rank(); k++) {
      fits = !differ(scale.dim(k), blocks.dim(k));
    }
    if (!fits) {
      throw refuse(in, i, "%s for blocks of %s".formatted(blocks, blockSize));
    }
  }

  private static boolean differ(Dim a, Dim b) {
    return a.isFixed() && b.isFixed() && !a.equals(b);
  }

  private static RuntimeException refuse(Inference in, int i, String wanted) {
    return in.fail(
        "SHAPE-090",
        "needs %s as %s, got %s".formatted(wanted, in.schema().inputName(i), in.shape(i)),
        "a scale is one number, or a vector along axis, or with block_size one for each block");
  }

  /**
   * A scale or zero point so that it broadcasts to {@code x}; null where shapes do not tell how.
   */
  @Nullable Value stretch(Value scale, Value x) {
    Shape own = scale.shape();
    if (!own.isRanked() || own.rank() == 0) {
      return own.isRanked() ? scale : null;
    }
    if (own.rank() == 1 && own.dim(0).is(1)) {
      return scale.reshape();
    }
    if (!x.shape().isRanked()) {
      return null;
    }
    int rank = x.shape().rank();
    int at = rank == 1 ? 0 : (int) (axis < 0 ? axis + rank : axis);
    if (blockSize > 0) {
      return repeated(scale, x, at);
    }
    return at == rank - 1 ? scale : scale.unsqueeze(LongStream.range(1, rank - at).toArray());
  }

  /**
   * Each element of the scale {@code blockSize} times along the axis, the last as often as left.
   */
  private Value repeated(Value scale, Value x, int at) {
    Dim extent = x.shape().dim(at);
    if (scale.shape().dim(at).provablySame(extent)) {
      return scale;
    }
    Value blocks;
    if (extent.isFixed()) {
      long[] block = LongStream.range(0, extent.value()).map(i -> i / blockSize).toArray();
      blocks = Value.longs(block);
    } else {
      Value end = Extents.axis(x, at).reshape();
      Value zero = Value.constant(Tensor.scalar(0L));
      blocks = Value.range(zero, end, Value.constant(Tensor.scalar(1L))).div(blockSize);
    }
    return scale.gather(blocks, at);
  }
}
