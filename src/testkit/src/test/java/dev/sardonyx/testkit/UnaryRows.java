package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.bool;
import static dev.sardonyx.testkit.OpCase.data;
import static dev.sardonyx.testkit.OpCase.f32;
import static dev.sardonyx.testkit.OpCase.i64;
import static dev.sardonyx.testkit.OpCase.uniform;

import dev.sardonyx.ir.Activation;
import dev.sardonyx.ir.Elementwise;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/** {@link Elementwise} and {@link Activation}. */
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
        OpCase.of(new Activation.Softsign()).inputs(f32(3, 4)));
  }
}
