package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Sums of products over any axes, and determinants. */
public sealed interface TensorAlgebra extends LinearAlgebra {
  /**
   * Einstein's summation: each input's axes have letters, inputs are multiplied where letters
   * agree, and what the right-hand side does not name is summed: {@code bij,bjk->bik} is a product
   * of matrices. {@code ...} stands for further axes, which broadcast. Without a right-hand side it
   * is the axes of {@code ...}, then the letters that stand once, sorted.
   */
  @Onnx(since = 28, from = 12, inputs = "Inputs*", outputs = "Output")
  record Einsum(String equation) implements TensorAlgebra, Formula {
    @Override
    public List<Type> infer(Inference in) {
      in.sameElements(0);
      return List.of(in.type(0).with(EinsumEquation.of(in, equation).shape(in)));
    }

    @Override
    public @Nullable Value formula(Expansion e) {
      return EinsumExpansion.of(e, EinsumEquation.parse(equation));
    }
  }

  /** The determinants of square matrices, the last two axes. */
  @Onnx(since = 22, from = 11)
  record Det() implements TensorAlgebra, Formula {
    /** The number of minors doubles with each row. */
    private static final int MAX_ROWS = 6;

    @Override
    public List<Type> infer(Inference in) {
      Diagonals.requireMatrices(in);
      Shape x = in.shape(0);
      if (!x.isRanked()) {
        return List.of(in.type(0));
      }
      Dim difference = x.dim(-1).minus(x.dim(-2));
      if (difference.isFixed() && !difference.is(0)) {
        throw in.fail(
            "SHAPE-056",
            "takes square matrices, got %s rows of %s".formatted(x.dim(-2), x.dim(-1)),
            "the last two axes have the same extent");
      }
      return List.of(in.type(0).with(Shape.of(x.dims().subList(0, x.rank() - 2))));
    }

    /**
     * By minors: of the last rows and any as many columns, from those of one row and column less.
     */
    @Override
    public @Nullable Value formula(Expansion e) {
      Shape shape = e.shape(0);
      Dim extent =
          !shape.isRanked() ? Dim.UNKNOWN : shape.dim(-1).isFixed() ? shape.dim(-1) : shape.dim(-2);
      if (!extent.isFixed() || extent.value() < 1 || extent.value() > MAX_ROWS) {
        return null;
      }
      int n = (int) extent.value();
      @Nullable Value[] minors = new Value[1 << n];
      for (int columns = 1; columns < minors.length; columns++) {
        minors[columns] = minor(e.x(), n - Integer.bitCount(columns), columns, minors);
      }
      Value whole = minors[minors.length - 1];
      return whole == null ? null : whole.squeeze(-2, -1);
    }

    private static Value minor(Value x, int row, int columns, @Nullable Value[] minors) {
      Value elements = x.slice(-2, row, row + 1);
      Value sum = null;
      boolean positive = true;
      for (int rest = columns; rest != 0; rest &= rest - 1) {
        int column = Integer.numberOfTrailingZeros(rest);
        Value element = elements.slice(-1, column, column + 1);
        Value smaller = minors[columns & ~(1 << column)];
        Value product = smaller == null ? element : element.mul(smaller);
        sum = sum == null ? product : positive ? sum.add(product) : sum.sub(product);
        positive = !positive;
      }
      return Objects.requireNonNull(sum);
    }
  }
}
