package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/** Samples as rows, and lists of numbers that go with their columns. */
final class Samples {
  private Samples() {}

  /** The shape [N,C] of input {@code i}, of which a vector is one row. */
  static Shape shape(Inference in, int i) {
    Shape x = in.shape(i);
    if (!x.isRanked()) {
      return Vectors.unknown(2);
    }
    if (x.rank() < 1 || x.rank() > 2) {
      throw in.fail(
          "SHAPE-070",
          "takes the shape [N,C] or [C] as %s, got %s".formatted(in.schema().inputName(i), x),
          "give samples as rows");
    }
    return x.rank() == 1 ? Shape.of(Dim.ONE, x.dim(0)) : x;
  }

  /** The like of {@link #shape} for the value. */
  static Value rows(Value x) {
    return x.shape().rank() == 1 ? x.unsqueeze(0) : x;
  }

  /** Refuses a list that is neither of one number nor of one for each column of input 0. */
  static void checkColumns(Inference in, int count, String what) {
    Shape x = in.shape(0);
    Dim columns = x.isRanked() && x.rank() > 0 ? x.dim(-1) : Dim.UNKNOWN;
    if (count != 1 && columns.isFixed() && !columns.is(count)) {
      throw in.fail(
          "ATTR-072",
          "has %s %s for %s columns".formatted(count, what, columns),
          "give one number, or one for each column");
    }
  }

  /** Refuses coefficients that are not so many for each column of input 0. */
  static void checkCoefficients(Inference in, int count, long each) {
    Dim columns = shape(in, 0).dim(1);
    if (columns.isFixed() && count != Math.multiplyExact(columns.value(), each)) {
      throw in.fail(
          "ATTR-072",
          "has %s coefficients for %s columns and %s results".formatted(count, columns, each),
          "give each result one coefficient for each column");
    }
  }

  static Value row(List<Float> values) {
    return row(ElementType.FLOAT32, values.stream().mapToDouble(v -> v).toArray());
  }

  /** A constant that goes with columns; a scalar if it is one number. */
  static Value row(ElementType element, double... values) {
    long[] dims = values.length == 1 ? new long[0] : new long[] {values.length};
    return Value.constant(Tensor.from(element, values, dims));
  }

  /** A constant matrix of this many rows. */
  static Value matrix(List<Float> values, long rows) {
    double[] numbers = values.stream().mapToDouble(v -> v).toArray();
    long[] dims = {rows, rows == 0 ? 0 : numbers.length / rows};
    return Value.constant(Tensor.from(ElementType.FLOAT32, numbers, dims));
  }
}
