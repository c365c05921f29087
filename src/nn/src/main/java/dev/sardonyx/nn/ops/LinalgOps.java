package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.List;

/** {@code keras.ops.linalg}: matrices of fixed extents. */
final class LinalgOps {
  static final OpTable TABLE =
      new OpTable()
          .op("Cholesky(x; upper=False)", LinalgOps::cholesky)
          .op("CholeskyInverse(x; upper=False)", LinalgOps::choleskyInverse)
          .op("Det(x)", c -> typed(c, c.floating(), det(c).get(0).mul(det(c).get(1).exp())))
          .many("Slogdet(x)", c -> all(c.floating(), det(c)))
          .op("Logdet(x)", c -> typed(c, c.floating(), det(c).get(1)))
          .op("Inv(x)", LinalgOps::inverse)
          .op("Solve(a, b)", c -> solve(c, wide(c, "a")))
          .op("SolveTriangular(a, b; lower=False)", LinalgOps::solveTriangular)
          .many("LuFactor(x)", LinalgOps::lu)
          .many("Qr(x; mode='reduced')", LinalgOps::qr)
          .many("Eigh(x)", c -> all(c.floating(), SymmetricEigen.of(wide(c), (int) rows(c))))
          .many("SVD(x; full_matrices=True, compute_uv=True)", SingularValues::of)
          .op("Pinv(x; rcond=None)", SingularValues::pseudoInverse)
          .op("Lstsq(a, b; rcond=None)", SingularValues::leastSquares)
          .op("MatrixRank(x; tol=None)", SingularValues::rank)
          .op("Norm(x; ord=None, axis=None, keepdims=False)", Norms::of)
          .refuse("Eig", "makes complex numbers, which ONNX cannot compute with");

  private LinalgOps() {}

  static Value typed(OpCall call, Value like, Value result) {
    return result.cast(like.element());
  }

  static List<Value> all(Value like, List<Value> results) {
    return results.stream().map(r -> r.element().isFloat() ? r.cast(like.element()) : r).toList();
  }

  static Value wide(OpCall call) {
    return wide(call, "x");
  }

  static Value wide(OpCall call, String name) {
    return Matrices.wide(Promotion.floating(call.value(name)));
  }

  static long rows(OpCall call) {
    return extent(call, call.x(), 2);
  }

  /** The extent of an axis counted from the end. */
  static long extent(OpCall call, Value x, int fromEnd) {
    if (x.shape().rank() < 2) {
      throw call.refuse("takes matrices, got " + x.type(), "give two axes or more");
    }
    return Sizes.fixed(call, x, x.shape().rank() - fromEnd);
  }

  private static Value cholesky(OpCall call) {
    Value lower = Matrices.cholesky(wide(call), rows(call));
    return typed(call, call.floating(), call.flag("upper") ? Matrices.transposed(lower) : lower);
  }

  /** Of the matrix whose factor is given. */
  private static Value choleskyInverse(OpCall call) {
    Value given = Diagonal.triangle(wide(call), call.flag("upper"), 0);
    Value whole =
        call.flag("upper")
            ? Matrices.transposed(given).matMul(given)
            : given.matMul(Matrices.transposed(given));
    return typed(call, call.floating(), inverse(whole, rows(call)));
  }

  /** The sign of the determinant and the logarithm of its size. */
  private static List<Value> det(OpCall call) {
    long n = rows(call);
    List<Value> lu = Matrices.lu(wide(call), n, n);
    Value pivots = lu.get(0).mul(Matrices.eye(n)).sum(false, -1);
    Value sign = pivots.sign().prod(false, -1).mul(lu.get(2).squeeze(-1, -2));
    return List.of(sign, pivots.abs().log().sum(false, -1));
  }

  private static Value inverse(Value x, long n) {
    return Matrices.solve(x, Matrices.eye(n).add(x.slice(-1, 0, 1).mul(0)), n);
  }

  private static Value inverse(OpCall call) {
    return typed(call, call.floating(), inverse(wide(call), rows(call)));
  }

  private static Value solve(OpCall call, Value a) {
    Value b = wide(call, "b");
    boolean vector = b.shape().rank() == a.shape().rank() - 1;
    Value columns = vector ? b.unsqueeze(-1) : b;
    Value x = Matrices.solve(a, columns, extent(call, a, 2));
    Value like = Promotion.floating(call.value("b"));
    return typed(call, like, vector ? x.squeeze(-1) : x);
  }

  private static Value solveTriangular(OpCall call) {
    return solve(call, Diagonal.triangle(wide(call, "a"), !call.flag("lower"), 0));
  }

  private static List<Value> lu(OpCall call) {
    List<Value> lu = Matrices.lu(wide(call), rows(call), extent(call, call.x(), 1));
    Value order = lu.get(1).argMax(-2, false).cast(ElementType.INT32);
    return List.of(typed(call, call.floating(), lu.get(0)), order);
  }

  private static List<Value> qr(OpCall call) {
    long rows = rows(call);
    long columns = extent(call, call.x(), 1);
    List<Value> qr = Matrices.qr(wide(call), rows, columns);
    Value r = Diagonal.triangle(qr.get(1), true, 0);
    boolean reduced = call.choice("mode", "reduced", "complete").equals("reduced");
    return all(
        call.floating(),
        reduced && rows > columns
            ? List.of(qr.get(0).slice(-1, 0, columns), r.slice(-2, 0, columns))
            : List.of(qr.get(0), r));
  }
}
