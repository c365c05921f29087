package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.Onnx.Name;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Products of matrices. */
public sealed interface LinearAlgebra extends Op, Broadcasts
    permits LinearAlgebra.MatMul, LinearAlgebra.Gemm, TensorAlgebra {
  /**
   * NumPy's matmul: matrices are the last two axes, the others broadcast. A vector on the left is a
   * row, on the right a column, and its axis is gone from the result.
   */
  @Onnx(since = 13, from = 1, inputs = "A B")
  record MatMul() implements LinearAlgebra {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(in.type(0).with(product(in, in.shape(0), in.shape(1))));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      p.needsRank(0);
      p.needsRank(1);
      Value a = p.x(0);
      Value b = p.x(1);
      boolean row = a.shape().rank() == 1;
      boolean column = b.shape().rank() == 1;
      // Give vectors their axis back, then take it off their gradients.
      Value dy = row ? p.dy().unsqueeze(p.dy().shape().rank() - (column ? 0 : 1)) : p.dy();
      Value matrices = column ? dy.unsqueeze(dy.shape().rank()) : dy;
      Value da = left(row ? a.unsqueeze(0) : a, column ? b.unsqueeze(1) : b, matrices);
      Value db = right(row ? a.unsqueeze(0) : a, column ? b.unsqueeze(1) : b, matrices);
      return Arrays.asList(
          row ? da.squeeze(da.shape().rank() - 2) : da,
          column ? db.squeeze(db.shape().rank() - 1) : db);
    }

    private static Value left(Value a, Value b, Value dy) {
      return matrix(b) && matrix(dy) ? dy.gemm(b, null, false, true) : dy.matMul(transposed(b));
    }

    private static Value right(Value a, Value b, Value dy) {
      Dim rows = b.shape().dim(-2);
      Dim columns = b.shape().dim(-1);
      if (matrix(b) && rows.isFixed() && columns.isFixed()) {
        // One product over all batches instead of one for each, to be added up later.
        return flat(a, rows.value()).gemm(flat(dy, columns.value()), null, true, false);
      }
      return transposed(a).matMul(dy);
    }

    private static Value flat(Value value, long columns) {
      return matrix(value) ? value : value.reshape(-1, columns);
    }

    private static boolean matrix(Value value) {
      return value.shape().rank() == 2;
    }

    private static Value transposed(Value value) {
      int rank = value.shape().rank();
      long[] perm = LongStream.range(0, rank).toArray();
      perm[rank - 1] = rank - 2;
      perm[rank - 2] = rank - 1;
      return value.transpose(perm);
    }
  }

  /** y = α·a·b + β·c with a and b transposed where asked; c is stretched to the product's shape. */
  @Onnx(since = 13, from = 11, inputs = "A B C?")
  record Gemm(
      @Default("1.0") float alpha,
      @Default("1.0") float beta,
      @Default("0") @Name("transA") boolean transA,
      @Default("0") @Name("transB") boolean transB)
      implements LinearAlgebra {
    @Override
    public List<Type> infer(Inference in) {
      Dim[] a = matrix(in, 0, transA);
      Dim[] b = matrix(in, 1, transB);
      sameInner(in, a[1], b[0]);
      Shape product = Shape.of(a[0], b[1]);
      if (in.has(2)) {
        stretches(in, 2, product);
      }
      return List.of(in.type(0).with(product));
    }

    private static Dim[] matrix(Inference in, int i, boolean transposed) {
      Shape shape = in.shape(i);
      if (!shape.isRanked()) {
        return new Dim[] {Dim.UNKNOWN, Dim.UNKNOWN};
      }
      if (shape.rank() != 2) {
        throw in.fail(
            "SHAPE-047",
            "takes a matrix as %s, got rank %s".formatted(in.schema().inputName(i), shape.rank()),
            "MatMul takes other ranks");
      }
      return new Dim[] {shape.dim(transposed ? 1 : 0), shape.dim(transposed ? 0 : 1)};
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      Value a = p.x(0);
      Value b = p.x(1);
      Value dy = p.dy();
      Value da = transA ? scaled(b, dy, transB, true) : scaled(dy, b, false, !transB);
      Value db = transB ? scaled(dy, a, true, transA) : scaled(a, dy, !transA, false);
      if (!p.has(2)) {
        return Arrays.asList(da, db);
      }
      return Arrays.asList(da, db, beta == 1 ? dy : dy.mul(beta));
    }

    private Value scaled(Value left, Value right, boolean transLeft, boolean transRight) {
      return Value.of(new Gemm(alpha, 1, transLeft, transRight), left, right);
    }
  }

  /** The shape of the matrix product. */
  static Shape product(Inference in, Shape a, Shape b) {
    if (!a.isRanked() || !b.isRanked()) {
      return Shape.UNRANKED;
    }
    if (a.rank() == 0 || b.rank() == 0) {
      throw in.fail("SHAPE-047", "takes no scalars", "multiply by a scalar with Mul");
    }
    sameInner(in, a.dim(-1), b.rank() == 1 ? b.dim(0) : b.dim(-2));
    Shape batch = in.broadcast(leading(a), leading(b));
    List<Dim> dims = new ArrayList<>(batch.dims());
    if (a.rank() > 1) {
      dims.add(a.dim(-2));
    }
    if (b.rank() > 1) {
      dims.add(b.dim(-1));
    }
    return Shape.of(dims);
  }

  private static Shape leading(Shape shape) {
    return Shape.of(shape.dims().subList(0, Math.max(0, shape.rank() - 2)));
  }

  private static void sameInner(Inference in, Dim columns, Dim rows) {
    if (columns.isFixed() && rows.isFixed() && !columns.equals(rows)) {
      throw in.fail(
          "SHAPE-046",
          "needs as many columns in A as rows in B, got %s and %s".formatted(columns, rows),
          "A[M,K] times B[K,N] gives [M,N]; transpose one of them if its axes are the other way");
    }
  }

  /** Refuses input {@code i} unless it broadcasts to {@code target} without changing it. */
  static void stretches(Inference in, int i, Shape target) {
    Shape shape = in.shape(i);
    if (!shape.isRanked() || !target.isRanked()) {
      return;
    }
    boolean fits = shape.rank() <= target.rank();
    for (int back = 1; fits && back <= shape.rank(); back++) {
      Dim from = shape.dim(-back);
      Dim to = target.dim(-back);
      fits = !from.isFixed() || from.is(1) || !to.isFixed() || from.equals(to);
    }
    if (!fits) {
      throw in.fail(
          "SHAPE-048",
          "cannot stretch %s to %s".formatted(in.schema().inputName(i), target),
          "aligned from the right, each dimension must be 1 or that of the target");
    }
  }

  /** The methods of a {@link Value} that multiply matrices. */
  sealed interface Methods permits Value {
    Value self();

    /** The matrix product, of the last two axes. */
    default Value matMul(Value other) {
      return Value.of(new MatMul(), self(), other);
    }

    /** This · b + c for matrices, this and b transposed where asked; c may be null. */
    default Value gemm(Value b, @Nullable Value c, boolean transA, boolean transB) {
      return Value.of(new Gemm(1, 1, transA, transB), self(), b, c);
    }
  }
}
