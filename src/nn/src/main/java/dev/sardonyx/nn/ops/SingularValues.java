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

  private static List<Value> full(OpCall call, Value x) {
    return Jacobi.singular(x, LinalgOps.extent(call, x, 2), LinalgOps.extent(call, x, 1));
  }

  /** U, S and V with as many columns as the matrix has on its shorter side. */
  private static List<Value> reduced(OpCall call, Value x) {
    long n = Math.min(LinalgOps.extent(call, x, 2), LinalgOps.extent(call, x, 1));
    List<Value> usv = full(call, x);
    return List.of(usv.get(0).slice(-1, 0, n), usv.get(1), usv.get(2).slice(-1, 0, n));
  }

  /** The singular values of matrices, in descending order. */
  static Value values(OpCall call, Value x) {
    return reduced(call, Matrices.wide(x)).get(1).cast(x.element());
  }

  static List<Value> of(OpCall call) {
    Value x = call.floating();
    if (!call.flag("compute_uv")) {
      return List.of(values(call, x));
    }
    Value wide = Matrices.wide(x);
    List<Value> usv = call.flag("full_matrices") ? full(call, wide) : reduced(call, wide);
    return LinalgOps.all(x, List.of(usv.get(0), usv.get(1), Matrices.transposed(usv.get(2))));
  }

  private static Value inverted(Value s, Value least) {
    Value kept = s.ge(least).and(s.gt(0));
    return kept.where(kept.where(s, s.scalar(1)).reciprocal(), s.scalar(0)).unsqueeze(-2);
  }

  static Value pseudoInverse(OpCall call) {
    Value x = call.floating();
    long longer = Math.max(LinalgOps.extent(call, x, 2), LinalgOps.extent(call, x, 1));
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
        call.has("tol") ? s.scalar(call.number("tol")) : s.max(true, -1).mul(longer * epsilon(x));
    return s.gt(least).cast(ElementType.INT32).sum(false, -1);
  }
}
