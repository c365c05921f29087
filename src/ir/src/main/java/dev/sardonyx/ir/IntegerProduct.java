package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Products of quantized tensors in terms of products of integers and real numbers. */
final class IntegerProduct {
  /** A float32 counts without gaps up to here. */
  private static final long EXACT = 1L << 24;

  /** The greatest product of two centered 8-bit numbers. */
  private static final long GREATEST = 255 * 255;

  /** A number of 8 bits less its zero point is 16 times one of 5 bits plus one of 4. */
  private static final int HALF = 16;

  private IntegerProduct() {}

  /** Refuses a scale or a zero point that is neither one number nor one for each row or column. */
  static void checkScale(Inference in, int i, Shape matrix, boolean rows) {
    Shape scale = in.has(i) ? in.shape(i) : Shape.UNRANKED;
    if (!scale.isRanked() || !matrix.isRanked() || isOne(scale)) {
      return;
    }
    Dim lines = matrix.rank() == 1 ? Dim.ONE : matrix.dim(rows ? -2 : -1);
    boolean vector = scale.rank() == 1 && mayBe(scale.dim(0), lines);
    boolean full = scale.rank() == matrix.rank() && scale.rank() > 1;
    if (!vector
        && !(full && scale.dim(rows ? -1 : -2).is(1) && mayBe(scale.dim(rows ? -2 : -1), lines))) {
      throw in.fail(
          "SHAPE-090",
          "needs one number as %s or one for each of %s %s, got %s"
              .formatted(in.schema().inputName(i), lines, rows ? "rows" : "columns", scale),
          "give the shape [], or [%s]".formatted(lines));
    }
  }

  /** Refuses what is not one number. */
  static void checkOne(Inference in, int i) {
    if (in.has(i)) {
      Vectors.requireSingle(in, i);
    }
  }

  /** Refuses what is neither one number nor one for each output channel of the kernel. */
  static void checkChannels(Inference in, int i, Shape kernel) {
    Shape scale = in.has(i) ? in.shape(i) : Shape.UNRANKED;
    if (!scale.isRanked() || !kernel.isRanked() || isOne(scale)) {
      return;
    }
    if (scale.rank() != 1 || !mayBe(scale.dim(0), kernel.dim(0))) {
      throw in.fail(
          "SHAPE-090",
          "needs one number as %s or one for each of %s output channels, got %s"
              .formatted(in.schema().inputName(i), kernel.dim(0), scale),
          "give the shape [], or [%s]".formatted(kernel.dim(0)));
    }
  }

  private static boolean isOne(Shape scale) {
    return scale.rank() == 0 || scale.rank() == 1 && scale.dim(0).is(1);
  }

  private static boolean mayBe(Dim a, Dim b) {
    return !a.isFixed() || !b.isFixed() || a.equals(b);
  }

  /** A scale or zero point so that it broadcasts to the matrix; null where shapes do not tell. */
  static @Nullable Value along(Value scale, Value matrix, boolean rows) {
    Shape own = scale.shape();
    if (!own.isRanked() || !matrix.shape().isRanked()) {
      return null;
    }
    if (isOne(own)) {
      return scale.reshape();
    }
    return own.rank() == 1 && rows && matrix.shape().rank() > 1 ? scale.unsqueeze(1) : scale;
  }

  /** Integers as int32 and small floats as float32, less their zero point. */
  static @Nullable Value shifted(Value matrix, @Nullable Value zero, boolean rows) {
    ElementType wide = matrix.element().isInteger() ? ElementType.INT32 : ElementType.FLOAT32;
    Value x = matrix.cast(wide);
    if (zero == null) {
      return x;
    }
    Value shift = along(zero, matrix, rows);
    return shift == null ? null : x.sub(shift.cast(wide));
  }

  /** As float32, less one zero point or one for each index of the first axis. */
  static @Nullable Value centered(Value x, @Nullable Value zero) {
    Value wide = x.cast(ElementType.FLOAT32);
    if (zero == null) {
      return wide;
    }
    Value shift = perChannel(zero, x.shape().isRanked() ? x.shape().rank() : -1);
    return shift == null ? null : wide.sub(shift.cast(ElementType.FLOAT32));
  }

  /**
   * One number, or one for each output channel with as many axes as make it {@code rank}; null
   * where shapes do not tell which, or the rank is negative.
   */
  static @Nullable Value perChannel(Value scale, int rank) {
    if (!scale.shape().isRanked() || rank < 0) {
      return null;
    }
    return isOne(scale.shape()) ? scale.reshape() : channels(scale, rank);
  }

  /** A vector over the channels with further axes behind it. */
  static Value channels(Value vector, int rank) {
    return vector.unsqueeze(LongStream.range(1, rank).toArray());
  }

  /** The exact convolution of centered 8-bit numbers, as int32; null if it takes too many parts. */
  static @Nullable Value convolve(Op conv, Value x, Value w) {
    Dim terms = Shape.of(w.shape().dims().subList(1, w.shape().rank())).size();
    if (terms.isFixed() && terms.value() > EXACT / (GREATEST / HALF)) {
      return null;
    }
    if (terms.isFixed() && terms.value() <= EXACT / GREATEST) {
      return Value.of(conv, x, w).cast(ElementType.INT32);
    }
    Value high = x.div(HALF).floor();
    Value low = x.sub(high.mul(HALF));
    Value much = Value.of(conv, high, w).cast(ElementType.INT32);
    return much.mul(HALF).add(Value.of(conv, low, w).cast(ElementType.INT32));
  }
}
