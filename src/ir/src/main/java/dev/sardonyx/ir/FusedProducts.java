package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.Onnx.Name;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** ONNX Runtime's matrix products and convolutions, with what goes before and after them. */
public sealed interface FusedProducts extends Contrib {
  /**
   * alpha · A · B, with the last two axes exchanged where {@code trans} says so, after the first
   * axis has been moved before the last one where {@code transBatch} says so.
   */
  @Onnx(since = 1, from = 1, inputs = "A B", domain = Contrib.DOMAIN)
  record FusedMatMul(
      @Default("1.0") float alpha,
      @Default("0") @Name("transA") boolean transA,
      @Default("0") @Name("transB") boolean transB,
      @Default("0") @Name("transBatchA") boolean transBatchA,
      @Default("0") @Name("transBatchB") boolean transBatchB)
      implements FusedProducts, Formula {
    @Override
    public List<Type> infer(Inference in) {
      Shape a = permuted(in.shape(0), transA, transBatchA);
      Shape b = permuted(in.shape(1), transB, transBatchB);
      return List.of(in.type(0).with(LinearAlgebra.product(in, a, b)));
    }

    private static long[] order(int rank, boolean trans, boolean transBatch) {
      List<Long> order = new ArrayList<>(LongStream.range(0, rank).boxed().toList());
      if (transBatch && rank > 1) {
        order.add(rank - 2, order.remove(0));
      }
      if (trans && rank > 1) {
        order.add(rank - 2, order.remove(rank - 1));
      }
      return order.stream().mapToLong(i -> i).toArray();
    }

    private static Shape permuted(Shape shape, boolean trans, boolean transBatch) {
      if (!shape.isRanked()) {
        return shape;
      }
      List<Dim> dims = new ArrayList<>();
      for (long axis : order(shape.rank(), trans, transBatch)) {
        dims.add(shape.dim((int) axis));
      }
      return Shape.of(dims);
    }

    private static Value permuted(Value x, boolean trans, boolean transBatch) {
      return (trans || transBatch) && x.shape().rank() > 1
          ? x.transpose(order(x.shape().rank(), trans, transBatch))
          : x;
    }

    @Override
    public @Nullable Value formula(Expansion e) {
      if (!e.shape(0).isRanked() || !e.shape(1).isRanked()) {
        return null;
      }
      Value a = permuted(e.x(0), transA, transBatchA);
      Value y = a.matMul(permuted(e.x(1), transB, transBatchB));
      return alpha == 1 ? y : y.mul(alpha);
    }
  }

  /**
   * activation(alpha · A · B + beta · C), A and B transposed where asked.
   *
   * @param activation Relu, LeakyRelu, Sigmoid, Tanh, …
   */
  @Onnx(since = 1, from = 1, inputs = "A B C?", domain = Contrib.DOMAIN)
  record FusedGemm(
      @Default("") @Nullable String activation,
      @Default("") @Nullable Float activationAlpha,
      @Default("") @Nullable Float activationBeta,
      @Default("") @Nullable Float activationGamma,
      @Default("1.0") float alpha,
      @Default("1.0") float beta,
      @Default("0") @Name("transA") boolean transA,
      @Default("0") @Name("transB") boolean transB)
      implements FusedProducts, Formula {
    private LinearAlgebra.Gemm gemm() {
      return new LinearAlgebra.Gemm(alpha, beta, transA, transB);
    }

    @Override
    public List<Type> infer(Inference in) {
      return gemm().infer(in);
    }

    @Override
    public @Nullable Value formula(Expansion e) {
      List<Float> params = new ArrayList<>();
      if (activationAlpha != null) {
        params.add(activationAlpha);
      }
      if (activationBeta != null) {
        params.add(activationBeta);
      }
      return Fused.activation(activation, params, Value.of(gemm(), e.x(0), e.x(1), e.optional(2)));
    }
  }

  /**
   * activation(convolution + Z).
   *
   * @param activation Relu, Tanh, Sigmoid, LeakyRelu, Clip or HardSigmoid
   * @param activationParams what that takes
   */
  @Onnx(since = 1, from = 1, inputs = "X W B? Z?", domain = Contrib.DOMAIN)
  record FusedConv(
      @Default("") @Nullable String activation,
      List<Float> activationParams,
      @Default("NOTSET") AutoPad autoPad,
      List<Long> dilations,
      @Default("1") long group,
      List<Long> kernelShape,
      List<Long> pads,
      List<Long> strides)
      implements FusedProducts, Formula {
    private ConvForm form() {
      return new ConvForm(autoPad, dilations, group, kernelShape, pads, strides);
    }

    @Override
    public List<Type> infer(Inference in) {
      Shape y = form().shape(in, 0, 1, 2);
      if (in.has(3)) {
        LinearAlgebra.stretches(in, 3, y);
      }
      return List.of(in.type(0).with(y));
    }

    @Override
    public @Nullable Value formula(Expansion e) {
      Value y = Value.of(form().conv(), e.x(0), e.x(1), e.optional(2));
      return Fused.activation(activation, activationParams, e.has(3) ? y.add(e.x(3)) : y);
    }
  }

  /** The inverses of the matrices that the last two axes are. */
  @Onnx(since = 1, from = 1, domain = Contrib.DOMAIN)
  record Inverse() implements FusedProducts {
    @Override
    public List<Type> infer(Inference in) {
      Shape x = in.shape(0);
      if (x.isRanked()) {
        if (x.rank() < 2) {
          throw in.fail("SHAPE-054", "takes matrices, got " + x, "give two axes or more");
        }
        Vectors.same(in, x.dim(-2), x.dim(-1), "rows and columns");
      }
      return List.of(in.type(0));
    }

    @Override
    public List<@Nullable Value> vjps(Pullback p) {
      p.needsRank(0);
      int rank = p.x().shape().rank();
      long[] perm = LongStream.range(0, rank).toArray();
      perm[rank - 1] = rank - 2;
      perm[rank - 2] = rank - 1;
      Value transposed = p.y().transpose(perm);
      return p.toFirst(transposed.matMul(p.dy()).matMul(transposed).neg());
    }
  }
}
