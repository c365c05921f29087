package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/** Eigenvalues and singular values by Jacobi's rotations: sweeps over all pairs of columns. */
final class Jacobi {
  /** Convergence is quadratic: more sweeps change nothing. */
  private static final int SWEEPS = 10;

  private Jacobi() {}

  private static long[][] pairs(long n) {
    int count = (int) (n * (n - 1) / 2);
    long[][] pairs = new long[2][count];
    int i = 0;
    for (long p = 0; p < n; p++) {
      for (long q = p + 1; q < n; q++) {
        pairs[0][i] = p;
        pairs[1][i++] = q;
      }
    }
    return pairs;
  }

  /** One turn's pair of columns of the unit matrix, [n, 1] each. */
  private static List<Value> units(Value turn, long n) {
    long[][] pairs = pairs(n);
    Value at = Division.modulo(turn, Value.constant(Tensor.scalar((long) pairs[0].length)));
    Value eye = Matrices.eye(n);
    return List.of(
        eye.gather(Value.longs(pairs[0]).gather(at, 0), 0).unsqueeze(1),
        eye.gather(Value.longs(pairs[1]).gather(at, 0), 0).unsqueeze(1));
  }

  private static Value trips(long n) {
    return Value.constant(Tensor.scalar(SWEEPS * n * (n - 1) / 2));
  }

  /** The rotation of p and q after which they have nothing in common. */
  private static Value rotation(Value p, Value q, Value pp, Value qq, Value pq, long n) {
    Value none = pq.eq(0);
    Value slope = qq.sub(pp).div(none.where(pq.scalar(1), pq).mul(2));
    Value sign = slope.ge(0).where(slope.scalar(1), slope.scalar(-1));
    Value tangent = sign.div(slope.abs().add(slope.square().add(1).sqrt()));
    Value t = none.where(tangent.scalar(0), tangent);
    Value c = t.square().add(1).sqrt().reciprocal();
    Value s = t.mul(c);
    Value pT = Matrices.transposed(p);
    Value qT = Matrices.transposed(q);
    Value stay = p.matMul(pT).add(q.matMul(qT)).mul(c.sub(1));
    return Matrices.eye(n).add(stay).add(p.matMul(qT).sub(q.matMul(pT)).mul(s));
  }

  private static Value batch(Value x, Value matrix, long n) {
    return matrix.expand(Sizes.join(Sizes.shape(x, 0, x.shape().rank() - 2), n, n));
  }

  /** Eigenvalues in ascending order, and eigenvectors as columns, of symmetric matrices. */
  static List<Value> symmetric(Value x, long n) {
    List<Value> last =
        ControlFlow.loop(
            trips(n),
            null,
            List.of(x, batch(x, Matrices.eye(n), n)),
            (i, state) -> {
              Value p = units(i, n).get(0);
              Value q = units(i, n).get(1);
              Value a = state.get(0);
              Value ap = a.matMul(p);
              Value aq = a.matMul(q);
              Value pp = Matrices.transposed(p).matMul(ap);
              Value qq = Matrices.transposed(q).matMul(aq);
              Value pq = Matrices.transposed(p).matMul(aq);
              Value j = rotation(p, q, pp, qq, pq, n);
              Value next = Matrices.transposed(j).matMul(a).matMul(j);
              return Turn.of(next, state.get(1).matMul(j));
            });
    Value diagonal = last.get(0).mul(Matrices.eye(n)).sum(false, -1);
    return ordered(diagonal, last.get(1), n, false);
  }

  /** Values in order, and the columns with them. */
  private static List<Value> ordered(Value values, Value columns, long n, boolean descending) {
    List<Value> sorted = Sorting.top(values, Value.longs(n), -1, descending);
    Value places = sorted.get(1).unsqueeze(-2);
    return List.of(sorted.get(0), picked(columns, places));
  }

  private static Value picked(Value columns, Value places) {
    Value all = places.add(columns.cast(places.element()).mul(0));
    return columns.gatherElements(all, -1);
  }

  /** U, the singular values in descending order, and V, of matrices not wider than high. */
  static List<Value> singular(Value x, long n) {
    List<Value> last =
        ControlFlow.loop(
            trips(n),
            null,
            List.of(x, batch(x, Matrices.eye(n), n)),
            (i, state) -> {
              Value p = units(i, n).get(0);
              Value q = units(i, n).get(1);
              Value ap = state.get(0).matMul(p);
              Value aq = state.get(0).matMul(q);
              Value j =
                  rotation(
                      p, q, ap.square().sum(true, -2), aq.square().sum(true, -2),
                      ap.mul(aq).sum(true, -2), n);
              return Turn.of(state.get(0).matMul(j), state.get(1).matMul(j));
            });
    Value sizes = last.get(0).square().sum(false, -2).sqrt();
    List<Value> sorted = Sorting.top(sizes, Value.longs(n), -1, true);
    Value places = sorted.get(1).unsqueeze(-2);
    Value size = sorted.get(0).unsqueeze(-2);
    Value u = picked(last.get(0), places).div(size.eq(0).where(size.scalar(1), size));
    return List.of(u, sorted.get(0), picked(last.get(1), places));
  }
}
