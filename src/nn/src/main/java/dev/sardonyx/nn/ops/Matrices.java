package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/**
 * Decompositions of batches of matrices as loops over columns, in float64. In a turn everything is
 * a sum over masked rows or columns, so that one graph serves all columns.
 */
final class Matrices {
  private static final ElementType WIDE = ElementType.FLOAT64;

  private Matrices() {}

  static Value wide(Value x) {
    return x.cast(WIDE);
  }

  static Value eye(long n) {
    double[] ones = new double[Math.toIntExact(n * n)];
    for (int i = 0; i < n; i++) {
      ones[(int) (i * n + i)] = 1;
    }
    return Value.constant(Tensor.from(WIDE, ones, new long[] {n, n}));
  }

  static Value transposed(Value x) {
    int rank = x.shape().rank();
    return Axes.swap(x, rank - 2, rank - 1);
  }

  private static Value places(long n) {
    return Value.longs(java.util.stream.LongStream.range(0, n).toArray());
  }

  private static Value trips(long n) {
    return Value.constant(Tensor.scalar(n));
  }

  /** Column k, which stays a column. */
  static Value column(Value x, Value k, long columns) {
    return places(columns).eq(k).where(x, x.scalar(0)).sum(true, -1);
  }

  /** Row k, which stays a row. */
  private static Value row(Value x, Value k, long rows) {
    return places(rows).unsqueeze(1).eq(k).where(x, x.scalar(0)).sum(true, -2);
  }

  /** L of x = L·Lᵀ. */
  static Value cholesky(Value x, long n) {
    Value below = places(n).unsqueeze(1);
    return ControlFlow.loop(
            trips(n),
            null,
            List.of(x, x.mul(0)),
            (k, state) -> {
              Value rest = state.get(0);
              Value column = column(rest, k, n);
              Value pivot = row(column, k, n).sqrt();
              Value next = below.ge(k).where(column.div(pivot), column.scalar(0));
              Value on = places(n).eq(k).where(next, next.scalar(0));
              return Turn.of(rest.sub(next.matMul(transposed(next))), state.get(1).add(on));
            })
        .get(1);
  }

  /**
   * Gauss: the factors L and U in one matrix, the rows' order as a permutation matrix, and its
   * sign. The greatest element of a column is its pivot.
   */
  static List<Value> lu(Value x, long rows, long columns) {
    Value order = eye(rows).expand(Sizes.join(Sizes.shape(x, 0, x.shape().rank() - 2), rows, rows));
    Value sign = order.slice(-1, 0, 1).slice(-2, 0, 1).mul(0).add(1);
    Value down = places(rows).unsqueeze(1);
    return ControlFlow.loop(
        trips(Math.min(rows, columns)),
        null,
        List.of(x, order, sign),
        (k, state) -> {
          Value open = state.get(0);
          Value column = column(open, k, columns);
          Value sizes = down.ge(k).where(column.abs(), column.scalar(-1));
          Value pivotRow = sizes.argMax(-2, true);
          Value swap = swap(k, pivotRow, rows);
          Value a = swap.matMul(open);
          Value pivot = row(column(a, k, columns), k, rows);
          Value safe = pivot.eq(0).where(pivot.scalar(1), pivot);
          Value factors = down.gt(k).where(column(a, k, columns).div(safe), pivot.scalar(0));
          Value right = places(columns).gt(k);
          Value change = right.where(factors.matMul(row(a, k, rows)), pivot.scalar(0));
          Value at = places(columns).eq(k).and(down.gt(k));
          Value next = at.where(factors, a.sub(change));
          Value flipped = pivotRow.eq(k).where(pivot.scalar(1), pivot.scalar(-1));
          return Turn.of(next, swap.matMul(state.get(1)), state.get(2).mul(flipped));
        });
  }

  /** The matrix that exchanges rows k and p. */
  static Value swap(Value k, Value p, long n) {
    Value places = places(n);
    Value isK = places.eq(k);
    Value isP = places.eq(p);
    Value source = isK.where(p, isP.where(k, places));
    return transposed(source.sub(places.unsqueeze(1)).eq(0).cast(WIDE));
  }

  /** The solution of a·x = b, by Gauss and Jordan. */
  static Value solve(Value a, Value b, long n) {
    Value both = Value.concat(-1, a.add(b.slice(-1, 0, 1).mul(0)), b.add(a.slice(-1, 0, 1).mul(0)));
    long width = n + b.shape().dim(-1).value();
    Value down = places(n).unsqueeze(1);
    Value solved =
        ControlFlow.loop(
                trips(n),
                null,
                List.of(both),
                (k, state) -> {
                  Value open = state.get(0);
                  Value column = column(open, k, width);
                  Value sizes = down.ge(k).where(column.abs(), column.scalar(-1));
                  Value swapped = swap(k, sizes.argMax(-2, true), n).matMul(open);
                  Value pivots = column(swapped, k, width);
                  Value pivotRow = row(swapped, k, n).div(row(pivots, k, n));
                  Value others = down.eq(k).where(pivots.scalar(0), pivots);
                  Value rest = swapped.sub(others.matMul(pivotRow));
                  return Turn.of(down.eq(k).where(pivotRow, rest));
                })
            .get(0);
    return solved.slice(-1, n, Long.MAX_VALUE);
  }

  /** Q and R of Householder's reflections, all rows and columns of Q. */
  static List<Value> qr(Value x, long rows, long columns) {
    Value q = eye(rows).expand(Sizes.join(Sizes.shape(x, 0, x.shape().rank() - 2), rows, rows));
    return ControlFlow.loop(
        trips(Math.min(rows, columns)),
        null,
        List.of(q, x),
        (k, state) -> {
          Value h = reflection(column(state.get(1), k, columns), k, rows);
          return Turn.of(state.get(0).matMul(h), h.matMul(state.get(1)));
        });
  }

  /** What makes a column zero below row k; nothing where it is zero already. */
  static Value reflection(Value column, Value k, long rows) {
    Value down = places(rows).unsqueeze(1);
    Value below = down.gt(k).where(column, column.scalar(0));
    Value tail = below.square().sum(true, -2);
    Value head = row(column, k, rows);
    Value size = head.square().add(tail).sqrt();
    Value target = head.ge(0).where(size.neg(), size);
    Value v = down.eq(k).where(head.sub(target), below);
    Value none = tail.eq(0);
    Value square = none.where(tail.scalar(1), v.square().sum(true, -2));
    Value factor = none.where(tail.scalar(0), square.reciprocal().mul(2));
    return eye(rows).sub(v.matMul(transposed(v)).mul(factor));
  }
}
