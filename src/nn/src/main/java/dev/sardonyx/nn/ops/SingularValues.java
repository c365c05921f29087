package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.List;

/** What follows from singular values. */
final class SingularValues {
  private SingularValues() {}

  private static double epsilon(Value x) {
    return switch (x.element()) {
      case FLOAT64 -> Math.ulp(1.0);
      case FLOAT16 -> Math.scalb(1.0, -10);
      case BFLOAT16 -> Math.scalb(1.0, -7);
      default -> Math.ulp(1f);
    };
  }

  /** U, S and V with as many columns as the matrix has on its shorter side. */
  private static List<Value> reduced(OpCall call, Value x) {
    long rows = LinalgOps.extent(call, x, 2);
    long columns = LinalgOps.extent(call, x, 1);
    if (rows >= columns) {
      return Jacobi.singular(x, columns);
    }
    List<Value> turned = Jacobi.singular(Matrices.transposed(x), rows);
    return List.of(turned.get(2), turned.get(1), turned.get(0));
  }

  /** The singular values of matrices, in descending order. */
  static Value values(OpCall call, Value x) {
    return reduced(call, Matrices.wide(x)).get(1).cast(x.element());
  }

  static List<Value> of(OpCall call) {
    Value x = call.floating();
    List<Value> usv = reduced(call, Matrices.wide(x));
    if (!call.flag("compute_uv")) {
      return List.of(usv.get(1).cast(x.element()));
    }
    Value u = usv.get(0);
    Value v = usv.get(2);
    if (call.flag("full_matrices")) {
      u = complete(u, LinalgOps.extent(call, x, 2));
      v = complete(v, LinalgOps.extent(call, x, 1));
    }
    return LinalgOps.all(x, List.of(u, usv.get(1), Matrices.transposed(v)));
  }

  /** Columns at right angles to all others, up to a square. */
  private static Value complete(Value columns, long n) {
    long known = columns.shape().dim(-1).value();
    if (known == n) {
      return columns;
    }
    Value q = Matrices.qr(columns, n, known).get(0);
    return Value.concat(-1, columns, q.slice(-1, known, n));
  }

  private static Value inverted(Value s, Value least) {
    Value kept = s.ge(least).and(s.gt(0));
    return kept.where(kept.where(s, s.scalar(1)).reciprocal(), s.scalar(0)).unsqueeze(-2);
  }

  static Value pseudoInverse(OpCall call) {
    Value x = call.floating();
    long longer =
        Math.max(LinalgOps.extent(call, x, 2), LinalgOps.extent(call, x, 1));
    double share = call.has("rcond") ? call.number("rcond") : 10 * longer * epsilon(x);
    List<Value> usv = reduced(call, Matrices.wide(x));
    Value least = usv.get(1).max(true, -1).mul(share);
    Value scaled = usv.get(2).mul(inverted(usv.get(1), least));
    return scaled.matMul(Matrices.transposed(usv.get(0))).cast(x.element());
  }

  static Value leastSquares(OpCall call) {
    Value a = Promotion.floating(call.value("a"));
    Value b = Promotion.floating(call.value("b"));
    boolean vector = b.shape().rank() == 1;
    long longer = Math.max(LinalgOps.extent(call, a, 2), LinalgOps.extent(call, a, 1));
    double given = call.has("rcond") ? call.number("rcond") : epsilon(a) * longer;
    List<Value> usv = reduced(call, Matrices.wide(a));
    Value least = usv.get(1).max(true, -1).mul(given < 0 ? epsilon(a) : given);
    Value columns = Matrices.wide(vector ? b.unsqueeze(1) : b);
    Value scaled = usv.get(2).mul(inverted(usv.get(1), least));
    Value x = scaled.matMul(Matrices.transposed(usv.get(0)).matMul(columns));
    return (vector ? x.squeeze(1) : x).cast(a.element());
  }

  static Value rank(OpCall call) {
    Value x = call.floating();
    long longer = Math.max(LinalgOps.extent(call, x, 2), LinalgOps.extent(call, x, 1));
    Value s = reduced(call, Matrices.wide(x)).get(1);
    Value least =
        call.has("tol")
            ? s.scalar(call.number("tol"))
            : s.max(true, -1).mul(longer * epsilon(x));
    return s.gt(least).cast(ElementType.INT32).sum(false, -1);
  }
}
