package dev.sardonyx.ir;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** How many elements a Range has, and which. */
final class Ranges {
  private Ranges() {}

  static Dim length(Inference in) {
    for (int i = 0; i < 3; i++) {
      Vectors.requireSingle(in, i);
    }
    return in.element(0).isFloat() ? floats(in) : integers(in);
  }

  private static Dim integers(Inference in) {
    Dim start = single(in, 0);
    Dim limit = single(in, 1);
    Dim delta = single(in, 2);
    if (delta.is(0)) {
      throw zeroDelta(in);
    }
    if (!delta.isFixed()) {
      return Dim.UNKNOWN;
    }
    Dim zero = Dim.of(0);
    return delta.value() > 0
        ? limit.minus(start).max(zero).ceilDiv(delta.value())
        : start.minus(limit).max(zero).ceilDiv(Math.negateExact(delta.value()));
  }

  /** The element of a scalar of any integer type. */
  private static Dim single(Inference in, int i) {
    Tensor constant = in.constant(i);
    return constant != null ? Dim.of(constant.getLong(0)) : Vectors.single(in, i);
  }

  private static Dim floats(Inference in) {
    Tensor start = in.constant(0);
    Tensor limit = in.constant(1);
    Tensor delta = in.constant(2);
    if (delta != null && delta.getDouble(0) == 0) {
      throw zeroDelta(in);
    }
    if (start == null || limit == null || delta == null) {
      return Dim.UNKNOWN;
    }
    double span = limit.getDouble(0) - start.getDouble(0);
    // The standard subtracts in the element type; 16-bit floats are computed in float32.
    double rounded = in.element(0) == ElementType.FLOAT64 ? span : (float) span;
    double count = Math.ceil(rounded / delta.getDouble(0));
    return count <= Long.MAX_VALUE ? Dim.of(Math.max(0, (long) count)) : Dim.UNKNOWN;
  }

  private static DiagnosticException zeroDelta(Inference in) {
    return in.fail("SHAPE-030", "has a delta of 0", "a step is not 0; it may be negative");
  }

  /** The elements of a Range of integers, where they are few and known. */
  static @Nullable List<Dim> elements(Inference in) {
    Dim length = integers(in);
    if (!length.isFixed() || length.value() > Vectors.MAX_LENGTH) {
      return null;
    }
    Dim start = single(in, 0);
    Dim delta = single(in, 2);
    return LongStream.range(0, length.value()).mapToObj(i -> start.plus(delta.times(i))).toList();
  }
}
