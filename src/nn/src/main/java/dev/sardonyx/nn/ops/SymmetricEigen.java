package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Eigenvalues and eigenvectors of symmetric matrices: reflections to three diagonals, then QR steps
 * with Wilkinson's shift (Golub and Van Loan, §8.3). The steps and the threshold are those of the
 * Eigen library, which TensorFlow calls, so that the vectors have the same signs.
 */
final class SymmetricEigen {
  private static final int STEPS = 30;

  private final int n;
  private final List<Value> d;
  private final List<Value> e;
  private final List<Value> q;

  private SymmetricEigen(int n, List<Value> d, List<Value> e, List<Value> q) {
    this.n = n;
    this.d = d;
    this.e = e;
    this.q = q;
  }

  /** The values in ascending order, and the vectors as columns. */
  static List<Value> of(Value given, int n) {
    Value most = given.abs().max(true, -1, -2);
    Value scale = most.eq(0).where(most.scalar(1), most);
    Value a = given.div(scale);
    Value q = Matrices.eye(n).add(a.mul(0));
    for (int i = 0; i < n - 2; i++) {
      Value h = reflection(a, i, n);
      a = h.matMul(a).matMul(h);
      q = q.matMul(h);
    }
    Value d = a.mul(Matrices.eye(n)).sum(false, -1);
    Value below = Value.constant(subdiagonal(n));
    Value e = a.mul(below).sum(false, -2);
    List<Value> last =
        ControlFlow.loop(
            Value.constant(Tensor.scalar((long) STEPS * n)),
            null,
            List.of(d, e, q),
            (turn, state) -> step(n, state));
    return ordered(last.get(0).mul(scale.squeeze(-1)), last.get(2), n);
  }

  private static Tensor subdiagonal(int n) {
    double[] ones = new double[n * n];
    for (int i = 0; i + 1 < n; i++) {
      ones[(i + 1) * n + i] = 1;
    }
    return Tensor.from(ElementType.FLOAT64, ones, new long[] {n, n});
  }

  private static Value places(long n) {
    return Value.longs(LongStream.range(0, n).toArray());
  }

  /** What makes column i zero below the second diagonal. */
  private static Value reflection(Value a, int i, int n) {
    Value down = places(n).unsqueeze(1);
    Value column = a.slice(-1, i, i + 1);
    Value tail = down.gt(i + 1).where(column, column.scalar(0));
    Value square = tail.square().sum(true, -2);
    Value head = column.slice(-2, i + 1, i + 2);
    Value size = head.square().add(square).sqrt();
    Value beta = head.ge(0).where(size.neg(), size);
    Value none = square.eq(0);
    Value v =
        down.eq(i + 1).where(head.scalar(1), tail.div(none.where(head.scalar(1), head.sub(beta))));
    Value tau = none.where(head.scalar(0), beta.sub(head).div(none.where(head.scalar(1), beta)));
    return Matrices.eye(n).sub(v.matMul(Matrices.transposed(v)).mul(tau));
  }

  private static List<Value> ordered(Value values, Value vectors, int n) {
    List<Value> sorted = Sorting.top(values, Value.longs(n), -1, false);
    Value all = sorted.get(1).unsqueeze(-2).add(vectors.cast(ElementType.INT64).mul(0));
    return List.of(sorted.get(0), vectors.gatherElements(all, -1));
  }

  private static List<Value> columns(Value x, int n) {
    List<Value> columns = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      columns.add(x.slice(-1, i, i + 1));
    }
    return columns;
  }

  /** One QR step on the last block that is not diagonal yet. */
  private static Turn step(int n, List<Value> state) {
    Value d = state.get(0);
    Value next = d.slice(-1, 1, n).abs();
    Value sizes = Value.concat(-1, d.slice(-1, 0, n - 1).abs().add(next), d.slice(-1, 0, 1).abs());
    Value given = state.get(1);
    Value small = given.div(Math.ulp(1f)).square().le(sizes);
    Value e = small.where(given.scalar(0), given);
    SymmetricEigen matrix =
        new SymmetricEigen(n, columns(d, n), columns(e, n), columns(state.get(2), n));
    Value after = places(n).add(1);
    Value open = e.eq(0).not();
    Value end = open.where(after, after.scalar(0)).max(true, -1);
    Value closed = e.eq(0).and(after.lt(end));
    Value start = closed.where(after, after.scalar(0)).max(true, -1);
    matrix.chase(
        shift(d, e, end), d.gatherElements(start, -1), e.gatherElements(start, -1), start, end);
    Value more = end.max(false).gt(0);
    return Turn.of(
            Value.concat(-1, matrix.d), Value.concat(-1, matrix.e), Value.concat(-1, matrix.q))
        .whileTrue(more);
  }

  /** Wilkinson's: the eigenvalue of the last two rows that is nearer to the last one. */
  private static Value shift(Value d, Value e, Value end) {
    Value before = end.sub(1).max(0);
    Value last = d.gatherElements(end, -1);
    Value half = d.gatherElements(before, -1).sub(last).mul(0.5);
    Value off = e.gatherElements(before, -1);
    Value h = half.square().add(off.square()).sqrt();
    Value sum = half.add(half.gt(0).where(h, h.neg()));
    Value safe = sum.eq(0).where(sum.scalar(1), sum);
    Value usual = last.sub(off.square().div(safe));
    return half.eq(0).where(last.sub(off.abs()), usual);
  }

  /** Rotations from start to end, each of which moves what is off the three diagonals on. */
  private void chase(Value shift, Value first, Value bulge, Value start, Value end) {
    Value x = first.sub(shift);
    Value z = bulge;
    Value stopped = z.eq(0).and(z.eq(0).not());
    for (int k = 0; k < n - 1; k++) {
      Value inside = start.le(k).and(end.gt(k));
      stopped = stopped.or(inside.and(z.eq(0)));
      Value on = inside.and(stopped.not());
      Value h = x.square().add(z.square()).sqrt();
      Value safe = h.eq(0).where(h.scalar(1), h);
      Value c = on.where(x.div(safe), h.scalar(1));
      Value s = on.where(z.neg().div(safe), h.scalar(0));
      Value bulgeBefore = z;
      rotate(k, c, s);
      if (k > 0) {
        Value moved = c.mul(e.get(k - 1)).sub(s.mul(bulgeBefore));
        e.set(k - 1, on.and(start.lt(k)).where(moved, e.get(k - 1)));
      }
      x = on.where(e.get(k), x);
      if (k < n - 2) {
        Value further = on.and(end.gt(k + 1));
        z = further.where(s.neg().mul(e.get(k + 1)), z);
        e.set(k + 1, further.where(c.mul(e.get(k + 1)), e.get(k + 1)));
      }
    }
  }

  private void rotate(int k, Value c, Value s) {
    Value dk = d.get(k);
    Value dn = d.get(k + 1);
    Value ek = e.get(k);
    Value sdk = s.mul(dk).add(c.mul(ek));
    Value dkp = s.mul(ek).add(c.mul(dn));
    d.set(k, c.mul(c.mul(dk).sub(s.mul(ek))).sub(s.mul(c.mul(ek).sub(s.mul(dn)))));
    d.set(k + 1, s.mul(sdk).add(c.mul(dkp)));
    e.set(k, c.mul(sdk).sub(s.mul(dkp)));
    Value cc = c.unsqueeze(-1);
    Value ss = s.unsqueeze(-1);
    Value left = q.get(k);
    Value right = q.get(k + 1);
    q.set(k, cc.mul(left).sub(ss.mul(right)));
    q.set(k + 1, ss.mul(left).add(cc.mul(right)));
  }
}
