package dev.sardonyx.ir;

import dev.sardonyx.ir.Onnx.Default;
import dev.sardonyx.ir.Onnx.Name;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** ONNX Runtime's operators on real numbers with quantized weights. */
public sealed interface QuantizedWeights extends Contrib {
  /**
   * A · B + bias, for A quantized on the way by its own range, and B quantized before. A itself has
   * a gradient only through the scale that its range makes.
   */
  @Onnx(since = 1, from = 1, inputs = "A B b_scale b_zero_point? bias?", domain = Contrib.DOMAIN)
  record DynamicQuantizeMatMul() implements QuantizedWeights, Formula {
    @Override
    public List<Type> infer(Inference in) {
      IntegerProduct.checkScale(in, 2, in.shape(1), false);
      IntegerProduct.checkScale(in, 3, in.shape(1), false);
      Shape y = LinearAlgebra.product(in, in.shape(0), in.shape(1));
      if (in.has(4)) {
        LinearAlgebra.stretches(in, 4, y);
      }
      return List.of(in.type(0).with(y));
    }

    @Override
    public Value formula(Expansion e) {
      List<Value> a = Node.of(new Quantizing.DynamicQuantizeLinear(), e.x(0)).outputs();
      Op product = new QuantizedProducts.MatMulInteger();
      Value sum = Value.of(product, a.get(0), e.x(1), a.get(2), e.optional(3));
      Value y = sum.cast(e.element(0)).mul(a.get(1).mul(e.x(2)));
      return e.has(4) ? y.add(e.x(4)) : y;
    }
  }

  /** The product of two quantized matrices as real numbers: A · B · scales + bias. */
  @Onnx(
      since = 1,
      from = 1,
      inputs = "A B a_scale b_scale a_zero_point? b_zero_point? bias?",
      domain = Contrib.DOMAIN)
  record MatMulIntegerToFloat() implements QuantizedWeights, Formula {
    @Override
    public List<Type> infer(Inference in) {
      for (int i = 2; i < 6; i++) {
        IntegerProduct.checkScale(in, i, in.shape(i % 2), i % 2 == 0);
      }
      Shape y = LinearAlgebra.product(in, in.shape(0), in.shape(1));
      if (in.has(6)) {
        LinearAlgebra.stretches(in, 6, y);
      }
      return List.of(new TensorType(in.element(2), y));
    }

    @Override
    public @Nullable Value formula(Expansion e) {
      Value left = IntegerProduct.along(e.x(2), e.x(0), true);
      Value right = IntegerProduct.along(e.x(3), e.x(1), false);
      if (left == null || right == null) {
        return null;
      }
      Op product = new QuantizedProducts.MatMulInteger();
      Value sum = Value.of(product, e.x(0), e.x(1), e.optional(4), e.optional(5));
      Value y = sum.cast(e.element(2)).mul(left.mul(right));
      return e.has(6) ? y.add(e.x(6)) : y;
    }
  }

  /**
   * A [..., K] times the transpose of a matrix [N,K] of small integers, plus bias. B holds them in
   * blocks along K, [N, blocks, bytes], the first element in the low bits; each block has a scale,
   * and a zero point, half the range if absent.
   *
   * @param accuracyLevel how exactly the runtime computes
   * @param bits of one element: 2, 4 or 8
   * @param weightPrepacked whether B is in a runtime's own order
   */
  @Onnx(
      since = 1,
      from = 1,
      inputs = "A B scales zero_points? g_idx? bias?",
      domain = Contrib.DOMAIN)
  record MatMulNBits(
      @Name("K") long k,
      @Name("N") long n,
      @Default("0") long accuracyLevel,
      @Default("4") long bits,
      long blockSize,
      @Default("0") long weightPrepacked)
      implements QuantizedWeights, Formula {
    @Override
    public List<Type> infer(Inference in) {
      if (bits != 2 && bits != 4 && bits != 8 || blockSize < 16 || k < 1 || n < 1) {
        throw in.fail(
            "ATTR-004",
            "has bits=%s, block_size=%s, K=%s and N=%s".formatted(bits, blockSize, k, n),
            "bits are 2, 4 or 8, and blocks have 16 elements or more");
      }
      Shape a = in.shape(0);
      if (!a.isRanked()) {
        return List.of(in.type(0));
      }
      if (a.rank() == 0) {
        throw in.fail("SHAPE-070", "takes rows as A, got a scalar", "give the shape [..., K]");
      }
      Vectors.same(in, a.dim(-1), Dim.of(k), "A's last axis and K");
      return List.of(in.type(0).with(a.with(-1, Dim.of(n))));
    }

    @Override
    public @Nullable Value formula(Expansion e) {
      // g_idx says that columns were reordered, which the standard has no short word for.
      Value weights = e.has(4) || weightPrepacked != 0 ? null : PackedWeights.of(this, e).matrix();
      if (weights == null) {
        return null;
      }
      Value y = e.x(0).matMul(weights.transpose(1, 0));
      return e.has(5) ? y.add(e.x(5)) : y;
    }
  }

  /**
   * Slices of a quantized tensor, as real numbers.
   *
   * @param bits of one element of data that are bytes
   * @param blockSize how many elements along an axis have a scale in common
   * @param gatherAxis which axis the indices are for
   * @param quantizeAxis which axis the blocks lie along
   */
  @Onnx(
      since = 1,
      from = 1,
      inputs = "data indices scales zero_points?",
      outputs = "output",
      domain = Contrib.DOMAIN)
  record GatherBlockQuantized(
      @Default("4") long bits,
      @Default("128") long blockSize,
      @Default("0") long gatherAxis,
      @Default("1") long quantizeAxis)
      implements QuantizedWeights, Formula {
    @Override
    public @Nullable Value formula(Expansion e) {
      return GatheredBlocks.of(e, this);
    }

    @Override
    public List<Type> infer(Inference in) {
      Shape x = in.shape(0);
      Shape indices = in.shape(1);
      TensorType y = in.type(2);
      if (!x.isRanked() || !indices.isRanked()) {
        return List.of(y.with(Shape.UNRANKED));
      }
      int at = in.axis(gatherAxis, x.rank());
      in.axis(quantizeAxis, x.rank());
      boolean packed = in.element(0) == ElementType.UINT8 && bits < 8;
      List<Dim> dims = new ArrayList<>(x.dims());
      if (packed) {
        int last = x.rank() - 1;
        dims.set(last, dims.get(last).times(8 / Math.max(1, bits)));
      }
      dims.remove(at);
      dims.addAll(at, indices.dims());
      return List.of(y.with(Shape.of(dims)));
    }
  }
}
