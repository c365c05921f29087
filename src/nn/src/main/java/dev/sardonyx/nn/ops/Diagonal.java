package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Diagonals;
import dev.sardonyx.ir.Value;
import java.util.stream.LongStream;

/** Diagonals of matrices. */
final class Diagonal {
  private Diagonal() {}

  static Value diag(OpCall call) {
    Value x = call.x();
    return x.shape().rank() == 1
        ? matrix(call, x, call.integer("k"))
        : of(call, x, call.integer("k"));
  }

  static Value diagonal(OpCall call) {
    Value x = call.x();
    long[] axes = {call.axis("axis1", x), call.axis("axis2", x)};
    int rank = x.shape().rank();
    return of(call, Axes.move(x, axes, new long[] {rank - 2, rank - 1}), call.integer("offset"));
  }

  /** The k-th diagonal of the last two axes. */
  static Value of(OpCall call, Value x, long k) {
    int rank = x.shape().rank();
    long rows = Sizes.fixed(call, x, rank - 2);
    long columns = Sizes.fixed(call, x, rank - 1);
    long first = Math.max(0, -k);
    long count = Math.max(0, Math.min(rows - first, columns - Math.max(0, k)));
    long[] places =
        LongStream.range(0, count).map(i -> (first + i) * columns + first + i + k).toArray();
    Value flat = Sizes.reshape(x, Sizes.shape(x, 0, rank - 2), rows * columns);
    return flat.gather(Value.longs(places), rank - 2);
  }

  /** A vector as the k-th diagonal of a matrix. */
  static Value matrix(OpCall call, Value x, long k) {
    long size = Sizes.fixed(call, x, 0) + Math.abs(k);
    Value padded = x.pad(k > 0 ? new long[] {k, 0} : new long[] {0, -k}, 0);
    Value diagonals = Value.longs(LongStream.range(0, size).toArray());
    Value column = diagonals.unsqueeze(1);
    Value row = diagonals.unsqueeze(0);
    Value on = row.sub(column).eq(k);
    return on.where(padded.unsqueeze(0), padded.scalar(0));
  }

  static Value triangle(Value x, boolean upper, long k) {
    return Value.of(new Diagonals.Trilu(upper), x, Value.longs(k).squeeze(0));
  }
}
