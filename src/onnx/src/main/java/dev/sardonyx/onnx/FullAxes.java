package dev.sardonyx.onnx;

import dev.sardonyx.ir.Indexing.ScatterReduction;
import dev.sardonyx.ir.Scattering;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Vectors of numbers for some axes, made into vectors for all axes. */
final class FullAxes {
  private final int rank;
  private final Value axes;

  /**
   * @param axes an integer vector; negative ones count from the end
   */
  FullAxes(int rank, Value axes) {
    this.rank = rank;
    Value wide = axes.element() == ElementType.INT64 ? axes : axes.cast(ElementType.INT64);
    long[] known = known(wide);
    this.axes =
        known != null
            ? Value.longs(LongStream.of(known).map(a -> a < 0 ? a + rank : a).toArray())
            : wide.lt(0).where(wide.add(rank), wide);
  }

  /** The elements of an integer vector where all are numbers; else null. */
  static long @Nullable [] known(Value vector) {
    List<Dim> content = vector.node().content();
    return content != null && content.stream().allMatch(Dim::isFixed)
        ? content.stream().mapToLong(Dim::value).toArray()
        : null;
  }

  /** {@code all}, one number for each axis, with {@code some} at the axes. */
  Value one(Value all, Value some) {
    return put(all, axes, some);
  }

  /** {@code all}, numbers for the start of each axis and then for the end of each, likewise. */
  Value two(Value all, Value some) {
    return put(all, Value.concat(0, axes, axes.add(rank)), some);
  }

  private static Value put(Value all, Value places, Value some) {
    long[] at = known(places);
    Tensor base = all.constant();
    Tensor values = some.constant();
    if (at == null || base == null || values == null) {
      return Value.of(new Scattering.ScatterElements(0, ScatterReduction.NONE), all, places, some);
    }
    double[] result = base.toDoubleArray();
    for (int i = 0; i < at.length; i++) {
      result[(int) at[i]] = values.getDouble(i);
    }
    return Value.constant(Tensor.from(all.element(), result, base.dims()));
  }
}
