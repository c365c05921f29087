package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.bool;
import static dev.sardonyx.testkit.OpCase.data;
import static dev.sardonyx.testkit.OpCase.f32;
import static dev.sardonyx.testkit.OpCase.i64;
import static dev.sardonyx.testkit.OpCase.uniform;

import dev.sardonyx.ir.Activation;
import dev.sardonyx.ir.Conversion;
import dev.sardonyx.ir.Elementwise;
import dev.sardonyx.ir.Gated;
import dev.sardonyx.ir.Thresholding;
import dev.sardonyx.ir.Trigonometry;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/** Functions of one element. */
final class UnaryRows {
  private UnaryRows() {}

  static List<OpCase> rows() {
    return List.of(
        OpCase.of(new Elementwise.Abs()).inputs(f32(3, 4)),
        OpCase.of(new Elementwise.Neg()).inputs(f32(3, 4)),
        OpCase.of(new Elementwise.Exp()).inputs(f32(3, 4)),
        OpCase.of(new Elementwise.Log()).inputs(uniform(0.2, 3, 3, 4)),
        OpCase.of(new Elementwise.Sqrt()).inputs(uniform(0.2, 3, 3, 4)),
        OpCase.of(new Elementwise.Reciprocal()).inputs(uniform(0.3, 3, 3, 4)),
        OpCase.of(new Elementwise.Erf()).inputs(f32(3, 4)),
        OpCase.of(new Elementwise.Sin()).inputs(f32(3, 4)),
        OpCase.of(new Elementwise.Cos()).inputs(f32(3, 4)),
        OpCase.of(new Elementwise.Sign()).inputs(f32(3, 4)),
        OpCase.of(new Elementwise.Floor()).inputs(f32(3, 4)),
        OpCase.of(new Elementwise.Ceil()).inputs(f32(3, 4)),
        OpCase.of(new Elementwise.Round()).inputs(f32(3, 4)),
        OpCase.of(new Elementwise.IsNaN()).inputs(data(Tensor.of(new float[] {1, Float.NaN}))),
        OpCase.of(new Elementwise.Not()).inputs(bool(3, 4)),
        OpCase.of(new Elementwise.Identity()).inputs(f32(3, 4)),
        OpCase.of(new Elementwise.Cast(ElementType.FLOAT64)).inputs(f32(3, 4)),
        OpCase.of(new Elementwise.Cast(ElementType.INT32)).inputs(i64(-5, 5, 3)).note("integers"),
        OpCase.of(new Activation.Relu()).inputs(f32(3, 4)),
        OpCase.of(new Activation.LeakyRelu(0.1f)).inputs(f32(3, 4)),
        OpCase.of(new Activation.Elu(0.7f)).inputs(f32(3, 4)),
        OpCase.of(new Activation.Selu()).inputs(f32(3, 4)),
        OpCase.of(new Activation.Selu(1.5f, 2f)).inputs(f32(3, 4)),
        OpCase.of(new Activation.Sigmoid()).inputs(f32(3, 4)),
        OpCase.of(new Activation.HardSigmoid(0.3f, 0.4f)).inputs(uniform(-3, 3, 3, 4)),
        OpCase.of(new Activation.Tanh()).inputs(f32(3, 4)),
        OpCase.of(new Activation.Softplus()).inputs(f32(3, 4)),
        OpCase.of(new Activation.Softsign()).inputs(f32(3, 4)),
        OpCase.of(new Elementwise.IsInf(true, true)).inputs(data(INFINITIES)),
        OpCase.of(new Elementwise.IsInf(false, true)).inputs(data(INFINITIES)),
        OpCase.of(new Elementwise.IsInf(true, false)).inputs(data(INFINITIES)),
        OpCase.of(new Elementwise.IsInf(false, false)).inputs(data(INFINITIES)),
        OpCase.of(new Elementwise.BitwiseNot()).inputs(i64(-5, 5, 3, 4)),
        OpCase.of(new Trigonometry.Tan()).inputs(uniform(-1, 1, 3, 4)),
        OpCase.of(new Trigonometry.Asin()).inputs(uniform(-0.9, 0.9, 3, 4)),
        OpCase.of(new Trigonometry.Acos()).inputs(uniform(-0.9, 0.9, 3, 4)),
        OpCase.of(new Trigonometry.Atan()).inputs(f32(3, 4)),
        OpCase.of(new Trigonometry.Sinh()).inputs(f32(3, 4)),
        OpCase.of(new Trigonometry.Cosh()).inputs(f32(3, 4)),
        OpCase.of(new Trigonometry.Asinh()).inputs(f32(3, 4)),
        OpCase.of(new Trigonometry.Acosh()).inputs(uniform(1.1, 3, 3, 4)),
        OpCase.of(new Trigonometry.Atanh()).inputs(uniform(-0.9, 0.9, 3, 4)),
        OpCase.of(new Gated.Gelu(Gated.Approximation.NONE)).inputs(f32(3, 4)),
        OpCase.of(new Gated.Gelu(Gated.Approximation.TANH)).inputs(f32(3, 4)),
        OpCase.of(new Gated.HardSwish()).inputs(uniform(-5, 5, 3, 4)),
        OpCase.of(new Gated.Mish()).inputs(f32(3, 4)),
        OpCase.of(new Gated.Swish(1)).inputs(f32(3, 4)),
        OpCase.of(new Gated.Swish(0.7f)).inputs(f32(3, 4)),
        OpCase.of(new Thresholding.Celu(0.7f)).inputs(f32(3, 4)),
        OpCase.of(new Thresholding.Shrink(0.3f, 0.5f))
            .inputs(f32(3, 4))
            .float32Only("ONNX Runtime computes it so"),
        OpCase.of(new Thresholding.Shrink(1, 2)).inputs(i64(-5, 5, 3, 4)).note("integers"),
        OpCase.of(new Thresholding.ThresholdedRelu(0.5f)).inputs(f32(3, 4)),
        OpCase.of(new Conversion.CastLike()).inputs(f32(3, 4), f32(2)),
        OpCase.of(new Conversion.CastLike()).inputs(i64(-5, 5, 3), bool(2)).note("to booleans"),
        OpCase.of(new Conversion.BitCast(ElementType.UINT64)).inputs(i64(-5, 5, 3)));
  }

  private static final Tensor INFINITIES =
      Tensor.of(
          new float[] {1, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN, 0, -2});
}
