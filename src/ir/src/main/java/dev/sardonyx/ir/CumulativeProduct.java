package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** {@link AlongAxis.CumProd} in other operators. */
record CumulativeProduct(AlongAxis.CumProd op, int axis) {
  static @Nullable Value of(AlongAxis.CumProd op, Value x, Value axis) {
    List<Dim> known = axis.node().content();
    if (!x.shape().isRanked()) {
      return null;
    }
    int rank = x.shape().rank();
    if (known == null || !known.get(0).isFixed()) {
      return ofAnyAxis(op, x, axis);
    }
    long at = known.get(0).value();
    return new CumulativeProduct(op, (int) (at < 0 ? at + rank : at)).of(x);
  }

  /** Along an axis of a known extent, or of one that is not. */
  static Value of(AlongAxis.CumProd op, Value x, int axis) {
    return new CumulativeProduct(op, axis).of(x);
  }

  /** Along each axis, of which one is asked for when the graph runs. */
  private static Value ofAnyAxis(AlongAxis.CumProd op, Value x, Value axis) {
    int rank = x.shape().rank();
    Value at = axis.cast(ElementType.INT64).reshape();
    Value chosen = at.lt(0).where(at.add(rank), at);
    Value result = x;
    for (int i = 0; i < rank; i++) {
      result = chosen.eq(i).where(new CumulativeProduct(op, i).of(x), result);
    }
    return result;
  }

  private Value of(Value x) {
    Dim extent = x.shape().dim(axis);
    Value product = extent.isFixed() ? doubled(x, extent.value()) : masked(x);
    return op.exclusive() ? shifted(product, 1) : product;
  }

  /** Products of 2, 4, 8, … neighbours, each of two of half the length. */
  private Value doubled(Value x, long extent) {
    Value product = x;
    for (long length = 1; length < extent; length *= 2) {
      product = product.mul(shifted(product, length));
    }
    return product;
  }

  /** Moved away from where the products begin; ones move in. */
  private Value shifted(Value x, long by) {
    int rank = x.shape().rank();
    long[] pads = new long[2 * rank];
    pads[axis] = op.reverse() ? -by : by;
    pads[rank + axis] = -pads[axis];
    return x.pad(pads, 1);
  }

  /** A copy of the axis for each of its places, with ones where the product has not come. */
  private Value masked(Value x) {
    int rank = x.shape().rank();
    Value extent = Extents.axis(x, axis).squeeze(0);
    Value places = Value.range(extent.scalar(0), extent, extent.scalar(1));
    long[] behind = LongStream.range(1, rank - axis).toArray();
    Value from = behind.length == 0 ? places : places.unsqueeze(behind);
    Value to = places.unsqueeze(LongStream.rangeClosed(1, rank - axis).toArray());
    Value copies = x.unsqueeze(axis);
    Value within = op.reverse() ? from.ge(to) : from.le(to);
    return within.where(copies, x.scalar(1)).prod(false, axis + 1);
  }
}
