package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Operators on the diagonals of matrices, the last two axes. Diagonal k lies k to the right. */
public sealed interface Diagonals extends Shaping {
  /**
   * The elements on diagonal k, 0 without that input, and on all to its right (upper) or to its
   * left; 0 elsewhere.
   */
  @Onnx(since = 14, from = 14, inputs = "input k?", outputs = "output")
  record Trilu(@Default("1") boolean upper) implements Diagonals, Formula {
    @Override
    public List<Type> infer(Inference in) {
      requireMatrices(in);
      if (in.has(1)) {
        Vectors.requireSingle(in, 1);
      }
      return List.of(in.type(0));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      return p.toFirst(Value.of(this, p.dy(), p.has(1) ? p.x(1) : null));
    }

    @Override
    public @Nullable Value formula(Expansion e) {
      ElementType element = e.element(0);
      if (!element.isNumeric() && element != ElementType.BOOL) {
        return null;
      }
      Value diagonals = diagonals(e.x());
      Value k = e.has(1) ? e.x(1) : diagonals.scalar(0);
      Value kept = upper ? diagonals.ge(k) : diagonals.le(k);
      return kept.where(e.x(), e.x().scalar(0));
    }
  }

  /** Ones on diagonal k and zeros elsewhere, in the shape of the matrix given. */
  @Onnx(since = 22, from = 9, inputs = "input", outputs = "output")
  @NotDifferentiable("the result does not depend on the input's elements")
  record EyeLike(@Default("") @Nullable ElementType dtype, @Default("0") long k)
      implements Diagonals, Formula {
    @Override
    public List<Type> infer(Inference in) {
      Shape x = in.shape(0);
      if (x.isRanked() && x.rank() != 2) {
        throw in.fail(
            "SHAPE-054", "takes a matrix, got rank %s".formatted(x.rank()), "give two axes");
      }
      Shape shape = x.isRanked() ? x : Shape.of(Dim.UNKNOWN, Dim.UNKNOWN);
      return List.of(in.type(0).with(shape).with(dtype == null ? in.element(0) : dtype));
    }

    @Override
    public Value formula(Expansion e) {
      return diagonals(e.x()).eq(k).cast(dtype == null ? e.element(0) : dtype);
    }
  }

  /** Refuses what has no matrices as its last two axes. */
  static void requireMatrices(Inference in) {
    Shape x = in.shape(0);
    if (x.isRanked() && x.rank() < 2) {
      throw in.fail(
          "SHAPE-054",
          "takes matrices, got rank %s".formatted(x.rank()),
          "rows and columns are the last two axes");
    }
  }

  /** For each element of a matrix of x the number of the diagonal on which it lies. */
  private static Value diagonals(Value x) {
    Value rows = Value.of(new Sizing.Shape(-2, -1L), x).squeeze(0);
    Value columns = Value.of(new Sizing.Shape(-1, null), x).squeeze(0);
    Value zero = rows.scalar(0);
    Value one = rows.scalar(1);
    return Value.range(zero, columns, one).sub(Value.range(zero, rows, one).unsqueeze(1));
  }
}
