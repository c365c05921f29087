package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Shapes as values, for methods and gradient rules: constants where they are known, so that no
 * arithmetic on shapes is left in a graph of fixed shapes, else what the graph computes.
 */
final class Extents {
  /** Greater constants would make files big; the graph fills them at run time. */
  private static final long MAX_CONSTANT = 4096;

  private Extents() {}

  /** The shape of {@code x}, an int64 vector. */
  static Value shape(Value x) {
    return x.shape().isFixed() ? Value.longs(x.shape().fixed()) : x.shapeOf();
  }

  /** The extents of axes {@code from} (inclusive) to {@code to} (exclusive), none negative. */
  static Value shape(Value x, int from, int to) {
    if (x.shape().isRanked()) {
      Shape part = Shape.of(x.shape().dims().subList(from, to));
      if (part.isFixed()) {
        return Value.longs(part.fixed());
      }
    }
    return Value.of(new Sizing.Shape(from, (long) to), x);
  }

  /** The extent of one axis, a vector of one element. */
  static Value axis(Value x, int axis) {
    return shape(x, axis, axis + 1);
  }

  /** The number of elements of {@code x}, an int64 scalar. */
  static Value size(Value x) {
    Dim size = x.shape().size();
    return size.isFixed() ? Value.constant(Tensor.scalar(size.value())) : x.sizeOf();
  }

  /** The number of elements of {@code x}, a vector of one. */
  static Value count(Value x) {
    Dim size = x.shape().size();
    return size.isFixed() ? Value.longs(size.value()) : x.sizeOf().reshape(1);
  }

  /** Int64 vectors one after another: a constant where all elements are known. */
  static Value join(List<Value> vectors) {
    List<Dim> all = new ArrayList<>();
    for (Value vector : vectors) {
      List<Dim> content = vector.node().content();
      all.addAll(content == null ? List.of(Dim.UNKNOWN) : content);
    }
    return all.stream().allMatch(Dim::isFixed)
        ? Value.longs(all.stream().mapToLong(Dim::value).toArray())
        : Value.concat(0, vectors);
  }

  /** A tensor like {@code x} with every element {@code value}. */
  static Value full(Value x, double value) {
    if (x.shape().isFixed()) {
      Dim size = x.shape().size();
      if (size.value() <= MAX_CONSTANT) {
        return Value.constant(Tensor.full(x.element(), value, x.shape().fixed()));
      }
    }
    return full(x.element(), value, shape(x));
  }

  /** A tensor of the shape that an int64 vector holds, with every element {@code value}. */
  static Value full(ElementType element, double value, Value shape) {
    return Value.of(new Sizing.ConstantOfShape(Tensor.full(element, value, 1)), shape);
  }

  /**
   * {@code v} in the shape {@code target}, by a constant where 0 (keep) and -1 (what is left over)
   * say it, else by the shape that {@code atRunTime} computes.
   */
  static Value reshape(Value v, Shape target, Supplier<Value> atRunTime) {
    if (v.shape().provablySame(target)) {
      return v;
    }
    if (target.isFixed()) {
      boolean empty = target.dims().stream().anyMatch(d -> d.is(0));
      return Value.of(new Layout.Reshape(empty), v, Value.longs(target.fixed()));
    }
    long[] pattern = target.isRanked() ? pattern(v.shape(), target) : null;
    return pattern != null
        ? v.reshape(pattern)
        : Value.of(new Layout.Reshape(true), v, atRunTime.get());
  }

  private static long @Nullable [] pattern(Shape from, Shape target) {
    long open = target.dims().stream().filter(d -> !d.isFixed()).count();
    boolean restTaken = false;
    long[] pattern = new long[target.rank()];
    for (int i = 0; i < pattern.length; i++) {
      Dim dim = target.dim(i);
      boolean kept = from.isRanked() && i < from.rank() && dim.provablySame(from.dim(i));
      if (dim.is(0)) {
        return null;
      } else if (dim.isFixed()) {
        pattern[i] = dim.value();
      } else if (kept && open > 1) {
        pattern[i] = 0;
      } else if (!restTaken) {
        pattern[i] = -1;
        restTaken = true;
      } else {
        return null;
      }
    }
    return pattern;
  }

  /** {@code v} repeated to the shape of {@code other}. */
  static Value expand(Value v, Value other) {
    Shape from = v.shape();
    Shape to = other.shape();
    if (from.provablySame(to)) {
      return v;
    }
    if (!from.isRanked() || !to.isRanked() || from.rank() > to.rank()) {
      return v.expand(shape(other));
    }
    long[] pattern = new long[to.rank()];
    for (int i = 1; i <= pattern.length; i++) {
      Dim dim = to.dim(-i);
      // 1 keeps the extent that is there already.
      boolean kept = i <= from.rank() && dim.provablySame(from.dim(-i));
      if (!kept && !dim.isFixed()) {
        return v.expand(shape(other));
      }
      pattern[pattern.length - i] = kept ? 1 : dim.value();
    }
    return v.expand(pattern);
  }

  static List<Long> list(long... values) {
    return Arrays.stream(values).boxed().toList();
  }
}
