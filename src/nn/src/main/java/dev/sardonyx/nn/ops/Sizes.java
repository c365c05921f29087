package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Layout;
import dev.sardonyx.ir.Sizing;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Extents as values: constants where they are known, else what the graph computes. */
final class Sizes {
  private Sizes() {}

  /** The extents of axes {@code from} (inclusive) to {@code to} (exclusive), an int64 vector. */
  static Value shape(Value x, int from, int to) {
    Shape part = Shape.of(x.shape().dims().subList(from, to));
    return part.isFixed()
        ? Value.longs(part.fixed())
        : Value.of(new Sizing.Shape(from, (long) to), x);
  }

  static Value shape(Value x) {
    return shape(x, 0, x.shape().rank());
  }

  /** The extent of one axis, a vector of one element. */
  static Value of(Value x, int axis) {
    return shape(x, axis, axis + 1);
  }

  /** The extent of one axis, an int64 scalar. */
  static Value scalar(Value x, int axis) {
    Dim dim = x.shape().dim(axis);
    return dim.isFixed() ? Value.constant(Tensor.scalar(dim.value())) : of(x, axis).squeeze(0);
  }

  /** The product of the extents of some axes, a scalar of the element type {@code element}. */
  static Value count(Value x, ElementType element, long... axes) {
    Value count = Value.scalar(element, 1);
    long fixed = 1;
    for (long axis : axes) {
      Dim dim = x.shape().dim((int) axis);
      if (dim.isFixed()) {
        fixed *= dim.value();
      } else {
        count = count.mul(scalar(x, (int) axis).cast(element));
      }
    }
    return count.mul(fixed);
  }

  /** Vectors one after another: numbers, scalars and vectors of int64. */
  static Value join(Object... parts) {
    List<Value> vectors = new ArrayList<>();
    for (Object part : parts) {
      Value vector =
          part instanceof Value value
              ? value.shape().rank() == 0 ? value.unsqueeze(0) : value
              : Value.longs(((Number) part).longValue());
      if (!vector.shape().dim(0).is(0)) {
        vectors.add(vector);
      }
    }
    return vectors.isEmpty()
        ? Value.constant(Tensor.zeros(ElementType.INT64, 0))
        : vectors.size() == 1 ? vectors.get(0) : Value.concat(0, vectors);
  }

  /** {@code x} in the shape that {@link #join} gives, in which 0 is no special number. */
  static Value reshape(Value x, Object... parts) {
    return Value.of(new Layout.Reshape(true), x, join(parts));
  }

  /** Every element {@code value}. */
  static Value filled(ElementType element, double value, Value shape) {
    return Value.of(new Sizing.ConstantOfShape(Tensor.full(element, value, 1)), shape);
  }

  /** 0, 1, … up to but not including {@code count}: int64. */
  static Value range(Value count) {
    Tensor known = count.constant();
    return known != null
        ? Value.longs(LongStream.range(0, known.getLong(0)).toArray())
        : Value.range(count.scalar(0), count, count.scalar(1));
  }

  /** The extent of an axis, refused where it is not a number before the model runs. */
  static long fixed(OpCall call, Value x, int axis) {
    Dim dim = x.shape().dim(axis);
    if (!dim.isFixed()) {
      throw call.refuse(
          "needs to know the extent of axis %s of %s".formatted(axis, x.type()),
          "give that axis a number in the model's input");
    }
    return dim.value();
  }
}
