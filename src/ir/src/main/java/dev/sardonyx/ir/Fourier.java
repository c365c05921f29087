package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The Fourier transform as a product with a matrix of cosines and sines. */
record Fourier(boolean inverse, boolean onesided) {
  /** Matrices of more elements are computed when the model runs. */
  private static final long MAX_CONSTANT = 1 << 22;

  // --- what inference asks ---

  /** The number that the integer scalar input {@code i} is; unknown where it is absent, too. */
  static Dim scalar(Inference in, int i) {
    if (!in.has(i)) {
      return Dim.UNKNOWN;
    }
    Vectors.requireIndex(in, i);
    return Vectors.single(in, i);
  }

  static Dim known(Value scalar) {
    List<Dim> content = scalar.node().content();
    return content == null ? Dim.UNKNOWN : content.get(0);
  }

  /** Refuses a last axis that does not hold what the transform takes. */
  static void checkParts(Inference in, Shape x, boolean onesided, boolean inverse) {
    Dim parts = x.rank() < 2 ? Dim.of(0) : x.dim(-1);
    boolean fits = parts.is(1) && !(onesided && inverse) || parts.is(2) && !(onesided && !inverse);
    if (parts.isFixed() && !fits) {
      throw in.fail(
          "SHAPE-092",
          "takes %s numbers on the last axis, got the shape %s"
              .formatted(!onesided ? "real or complex" : inverse ? "complex" : "real", x),
          "the last axis is 1 for real numbers and 2 for complex ones; onesided=1 means real signals");
    }
  }

  // --- expansions ---

  /** The windows of a signal [N,L,C], of length {@code n}: [N,frames,n,C]. */
  static Value frames(Value signal, Value step, Value n) {
    Value zero = Value.constant(Tensor.scalar(0L));
    Value one = Value.constant(Tensor.scalar(1L));
    Value by = step.cast(ElementType.INT64).reshape();
    Value length = n.reshape();
    Value count = Extents.axis(signal, 1).reshape().sub(length).div(by).add(one);
    Value starts = Value.range(zero, count, one).mul(by);
    Value places = starts.unsqueeze(1).add(Value.range(zero, length, one));
    return signal.gather(places, 1);
  }

  /**
   * The transform of {@code x} along an axis.
   *
   * @param length n, or null for that of the axis
   */
  Value along(Value x, @Nullable Value length, int axis) {
    int rank = x.shape().rank();
    // Sums of many terms that cancel need more digits than float32 has.
    ElementType wide = ElementType.FLOAT64;
    Value n = length(x, length, axis);
    Value used = parted(length == null ? x : cut(x, n, axis));
    long partsIn = partsIn(x);
    long partsOut = onesided && inverse ? 1 : 2;
    Value rows = Extents.axis(used, axis);
    Value columns = onesided && !inverse ? n.div(2).add(1) : n;
    // [others…, part, place] · [part and place, part and frequency]
    long[] perm = lastTwo(rank, axis);
    Value lines = used.cast(wide).transpose(perm);
    Value others = Extents.shape(lines, 0, rank - 2);
    Value flat = lines.reshape(Extents.join(List.of(others, Value.longs(-1))));
    Value product = flat.matMul(matrix(rows, columns, n, partsIn, partsOut, wide));
    Value shape = Extents.join(List.of(others, Value.longs(partsOut, -1)));
    return product.reshape(shape).transpose(inverse(perm)).cast(x.element());
  }

  /**
   * The transform along an axis, an int64 scalar, that may be known only when the model runs: all
   * axes before it are folded into one, and those after it.
   */
  Value alongAny(Value x, @Nullable Value length, Value axis) {
    Value shape = x.shapeOf();
    Value rank =
        x.shape().isRanked()
            ? Value.constant(Tensor.scalar((long) x.shape().rank()))
            : shape.shapeOf().reshape();
    Value one = Value.constant(Tensor.scalar(1L));
    Value at = axis.lt(0).where(axis.add(rank), axis);
    Value places = places(x, rank);
    Value last = rank.sub(1);
    Value before = product(places.lt(at).where(shape, one));
    Value after = product(places.gt(at).and(places.lt(last)).where(shape, one));
    Value extent = shape.gather(at, 0).unsqueeze(0);
    Value parts = Value.longs(x.shape().isRanked() ? partsIn(x) : -1);
    Value folded = Extents.join(List.of(before, extent, after, parts));
    Value y = along(Value.of(new Layout.Reshape(true), parted(x), folded), length, 1);
    Value bins = places.eq(at).where(Extents.axis(y, 1), shape);
    Value unfolded = places.eq(last).where(Value.longs(onesided && inverse ? 1 : 2), bins);
    return Value.of(new Layout.Reshape(true), y, unfolded);
  }

  /** The numbers of the axes. */
  private static Value places(Value x, Value rank) {
    if (x.shape().isRanked()) {
      return Value.longs(LongStream.range(0, x.shape().rank()).toArray());
    }
    Value zero = Value.constant(Tensor.scalar(0L));
    return Value.range(zero, rank, Value.constant(Tensor.scalar(1L)));
  }

  private static Value product(Value vector) {
    return Value.of(new Aggregation.ReduceProd(true, false), vector);
  }

  /** Of how many parts the numbers are; where the shape does not tell, those it may have. */
  private long partsIn(Value x) {
    Dim parts = x.shape().isRanked() ? x.shape().dim(-1) : Dim.UNKNOWN;
    return parts.isFixed() ? parts.value() : onesided && !inverse ? 1 : 2;
  }

  /** The signal with an imaginary part, where it may have one and may have none. */
  private Value parted(Value x) {
    if (onesided || x.shape().isRanked() && x.shape().dim(-1).isFixed()) {
      return x;
    }
    return Value.concat(-1, x, x.zerosLike()).slice(-1, 0, 2);
  }

  private Value length(Value x, @Nullable Value length, int axis) {
    if (length != null) {
      Dim known = known(length);
      return known.isFixed()
          ? Value.longs(known.value())
          : length.cast(ElementType.INT64).reshape(1);
    }
    Value extent = Extents.axis(x, axis);
    if (!onesided || !inverse) {
      return extent;
    }
    Dim bins = x.shape().dim(axis);
    return bins.isFixed() ? Value.longs(2 * (bins.value() - 1)) : extent.sub(1).mul(2);
  }

  /** The elements of the axis that take part. What is filled with zeros need not be there. */
  private Value cut(Value x, Value n, int axis) {
    Dim length = known(n);
    Dim used = onesided && inverse ? length.floorDiv(2).plus(1) : length;
    Dim extent = x.shape().dim(axis);
    if (used.isFixed() && extent.isFixed()) {
      return extent.value() <= used.value() ? x : x.slice(axis, 0, used.value());
    }
    Value end = onesided && inverse ? n.div(2).add(1) : n;
    return Value.of(new Slicing.Slice(), x, Value.longs(0), end, Value.longs(axis));
  }

  /** The axes with {@code axis} moved to the end, behind the parts. */
  private static long[] lastTwo(int rank, int axis) {
    return IntStream.concat(IntStream.range(0, rank).filter(i -> i != axis), IntStream.of(axis))
        .asLongStream()
        .toArray();
  }

  private static long[] inverse(long[] perm) {
    long[] inverse = new long[perm.length];
    for (int i = 0; i < perm.length; i++) {
      inverse[(int) perm[i]] = i;
    }
    return inverse;
  }

  /** The matrix that takes (part, place) to (part, frequency). */
  private Value matrix(
      Value rows, Value columns, Value n, long partsIn, long partsOut, ElementType element) {
    Dim r = known(rows);
    Dim c = known(columns);
    Dim length = known(n);
    if (r.isFixed() && c.isFixed() && length.isFixed()) {
      if (r.value() * c.value() * partsIn * partsOut <= MAX_CONSTANT) {
        return constant(r.value(), c.value(), length.value(), partsIn, partsOut, element);
      }
    }
    Value zero = Value.constant(Tensor.scalar(0L));
    Value one = Value.constant(Tensor.scalar(1L));
    Value places = Value.range(zero, rows.reshape(), one).unsqueeze(1);
    Value turns = places.mul(Value.range(zero, columns.reshape(), one));
    turns = Value.of(new Arithmetic.Mod(false), turns, n.reshape());
    Value count = n.reshape().cast(element);
    Value angle = turns.cast(element).mul(2 * Math.PI).div(count);
    Value cos = angle.cos();
    Value sin = inverse ? angle.sin() : angle.sin().neg();
    if (inverse) {
      Value share = onesided ? weights(places, n, element).div(count) : count.reciprocal();
      cos = cos.mul(share);
      sin = sin.mul(share);
    }
    Value real = partsOut == 1 ? cos : Value.concat(1, cos, sin);
    if (partsIn == 1) {
      return real;
    }
    Value imaginary = partsOut == 1 ? sin.neg() : Value.concat(1, sin.neg(), cos);
    return Value.concat(0, real, imaginary);
  }

  /** 2 for each frequency whose conjugate was left out. */
  private static Value weights(Value places, Value n, ElementType element) {
    Value twice = places.mul(2);
    Value own = places.eq(0).or(twice.eq(n.reshape()));
    return own.where(Value.scalar(element, 1), Value.scalar(element, 2));
  }

  private Value constant(
      long rows, long columns, long n, long partsIn, long partsOut, ElementType element) {
    double[] values = new double[Math.toIntExact(rows * columns * partsIn * partsOut)];
    int width = Math.toIntExact(columns * partsOut);
    for (long i = 0; i < rows; i++) {
      boolean alone = i == 0 || 2 * i == n;
      double share = !inverse ? 1 : onesided && !alone ? 2.0 / n : 1.0 / n;
      for (long k = 0; k < columns; k++) {
        double angle = 2 * Math.PI * (i * k % n) / n;
        double cos = share * Math.cos(angle);
        double sin = share * (inverse ? Math.sin(angle) : -Math.sin(angle));
        int at = (int) (i * width + k);
        values[at] = cos;
        if (partsOut == 2) {
          values[(int) (at + columns)] = sin;
        }
        if (partsIn == 2) {
          int below = (int) (at + rows * width);
          values[below] = -sin;
          if (partsOut == 2) {
            values[(int) (below + columns)] = cos;
          }
        }
      }
    }
    long[] dims = {rows * partsIn, width};
    return Value.constant(Tensor.from(element, values, dims));
  }
}
