package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Singular values by two-sided rotations of pairs of rows and columns, after a QR decomposition
 * with pivots where a matrix is not square. The order of the pairs, the rotations and the threshold
 * are those of the Eigen library, which TensorFlow calls for small matrices.
 */
final class Jacobi {
  /** Convergence is quadratic: more sweeps change nothing. */
  private static final int SWEEPS = 10;

  private static final double THRESHOLD = 2 * Math.ulp(1f);

  private Jacobi() {}

  private static Value places(long n) {
    return Value.longs(LongStream.range(0, n).toArray());
  }

  private static Value eye(Value x, long n) {
    return Matrices.eye(n).expand(Sizes.join(Sizes.shape(x, 0, x.shape().rank() - 2), n, n));
  }

  /** U and V with all their columns, and the singular values in descending order between them. */
  static List<Value> singular(Value given, long rows, long columns) {
    Value most = given.abs().max(true, -1, -2);
    Value scale = most.eq(0).where(most.scalar(1), most);
    Value x = given.div(scale);
    boolean wide = columns > rows;
    long n = Math.min(rows, columns);
    if (rows == columns) {
      return ordered(rotated(x, eye(x, n), eye(x, n), n), scale, n);
    }
    List<Value> qr = pivoted(wide ? Matrices.transposed(x) : x, Math.max(rows, columns), n);
    Value q = qr.get(0);
    Value r = Diagonal.triangle(qr.get(1).slice(-2, 0, n), true, 0);
    Value order = qr.get(2);
    return wide
        ? ordered(rotated(Matrices.transposed(r), order, q, n), scale, n)
        : ordered(rotated(r, q, order, n), scale, n);
  }

  /** Q, R and the columns' order as a matrix: the longest column that is left comes next. */
  private static List<Value> pivoted(Value x, long rows, long columns) {
    Value down = places(rows).unsqueeze(1);
    return ControlFlow.loop(
        Value.constant(Tensor.scalar(columns)),
        null,
        List.of(eye(x, rows), x, eye(x, columns)),
        (k, state) -> {
          Value left = down.ge(k).where(state.get(1), x.scalar(0)).square().sum(true, -2);
          Value open = places(columns).ge(k).where(left, left.scalar(-1));
          Value swap = Matrices.swap(k, open.argMax(-1, true), columns);
          Value a = state.get(1).matMul(swap);
          Value h = Matrices.reflection(Matrices.column(a, k, columns), k, rows);
          return Turn.of(state.get(0).matMul(h), h.matMul(a), state.get(2).matMul(swap));
        });
  }

  private static long[][] pairs(long n) {
    int count = (int) Math.max(1, n * (n - 1) / 2);
    long[][] pairs = new long[2][count];
    int i = 0;
    for (long p = 1; p < n; p++) {
      for (long q = 0; q < p; q++) {
        pairs[0][i] = p;
        pairs[1][i++] = q;
      }
    }
    return pairs;
  }

  /** One column of the unit matrix, [n, 1]. */
  private static Value unit(long[] which, Value turn, long n) {
    Value at = Division.modulo(turn, Value.constant(Tensor.scalar((long) which.length)));
    return Matrices.eye(n).gather(Value.longs(which).gather(at, 0), 0).unsqueeze(1);
  }

  private static List<Value> rotated(Value w, Value u, Value v, long n) {
    if (n == 1) {
      return List.of(w, u, v);
    }
    long[][] pairs = pairs(n);
    return ControlFlow.loop(
        Value.constant(Tensor.scalar((long) SWEEPS * pairs[0].length)),
        null,
        List.of(w, u, v),
        (turn, state) -> {
          Value p = unit(pairs[0], turn, n);
          Value q = unit(pairs[1], turn, n);
          return turn(state, p, q, n);
        });
  }

  private static Value at(Value w, Value row, Value column) {
    return Matrices.transposed(row).matMul(w).matMul(column);
  }

  private static Turn turn(List<Value> state, Value p, Value q, long n) {
    Value w = state.get(0);
    Value pp = at(w, p, p);
    Value pq = at(w, p, q);
    Value qp = at(w, q, p);
    Value qq = at(w, q, q);
    Value most = w.mul(Matrices.eye(n)).abs().max(true, -1, -2).mul(THRESHOLD);
    Value on = pq.abs().gt(most).or(qp.abs().gt(most));
    // First a rotation that makes the block symmetric.
    Value d = qp.sub(pq);
    Value t = pp.add(qq);
    Value h = d.square().add(t.square()).sqrt();
    Value even = d.eq(0);
    Value safe = even.where(h.scalar(1), h);
    Value s1 = even.where(h.scalar(0), d.abs().div(safe));
    Value c1 = even.where(h.scalar(1), t.mul(d.sign()).div(safe));
    Value x = c1.mul(pp).add(s1.mul(qp));
    Value y = c1.mul(pq).add(s1.mul(qq));
    Value z = c1.mul(qq).sub(s1.mul(pq));
    // Then the one that makes it diagonal.
    Value flat = y.eq(0);
    Value tau = x.sub(z).div(flat.where(y.scalar(1), y.abs().mul(2)));
    Value width = tau.square().add(1).sqrt();
    Value tangent = tau.add(tau.gt(0).where(width, width.neg())).reciprocal();
    Value norm = tangent.square().add(1).sqrt().reciprocal();
    Value s2 = flat.where(y.scalar(0), tangent.neg().mul(y.sign()).mul(norm));
    Value c2 = flat.where(y.scalar(1), norm);
    Value right = rotation(p, q, on.where(c2, y.scalar(1)), on.where(s2, y.scalar(0)), n);
    Value cl = c1.mul(c2).add(s1.mul(s2));
    Value sl = s1.mul(c2).sub(c1.mul(s2));
    Value left = rotation(p, q, on.where(cl, y.scalar(1)), on.where(sl, y.scalar(0)), n);
    // Rotations from the left are (c, s) on rows; the columns of U take them back.
    Value back = Matrices.transposed(left);
    Value rows = left.matMul(w).matMul(right);
    return Turn.of(rows, first(state.get(1), back, n), first(state.get(2), right, n));
  }

  /** Columns p and q of a product with this become c·x - s·y and s·x + c·y. */
  private static Value rotation(Value p, Value q, Value c, Value s, long n) {
    Value pT = Matrices.transposed(p);
    Value qT = Matrices.transposed(q);
    Value stay = p.matMul(pT).add(q.matMul(qT)).mul(c.sub(1));
    return Matrices.eye(n).add(stay).add(p.matMul(qT).sub(q.matMul(pT)).mul(s));
  }

  /** The first columns turned; there may be more. */
  private static Value first(Value columns, Value turn, long n) {
    long all = columns.shape().dim(-1).value();
    Value turned = columns.slice(-1, 0, n).matMul(turn);
    return all == n ? turned : Value.concat(-1, turned, columns.slice(-1, n, all));
  }

  private static List<Value> ordered(List<Value> wuv, Value scale, long n) {
    Value diagonal = wuv.get(0).mul(Matrices.eye(n)).sum(false, -1);
    List<Value> sorted = Sorting.top(diagonal.abs(), Value.longs(n), -1, true);
    Value sign = diagonal.lt(0).where(diagonal.scalar(-1), diagonal.scalar(1)).unsqueeze(-2);
    Value places = sorted.get(1).unsqueeze(-2);
    Value u = first(wuv.get(1), Matrices.eye(n).mul(sign), n);
    return List.of(
        picked(u, places, n), sorted.get(0).mul(scale.squeeze(-1)), picked(wuv.get(2), places, n));
  }

  private static Value picked(Value columns, Value places, long n) {
    long all = columns.shape().dim(-1).value();
    Value part = columns.slice(-1, 0, n);
    Value each = places.add(part.cast(ElementType.INT64).mul(0));
    Value moved = part.gatherElements(each, -1);
    return all == n ? moved : Value.concat(-1, moved, columns.slice(-1, n, all));
  }
}
