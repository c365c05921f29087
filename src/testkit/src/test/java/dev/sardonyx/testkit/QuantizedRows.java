package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.constant;
import static dev.sardonyx.testkit.OpCase.f32;
import static dev.sardonyx.testkit.OpCase.i64;
import static dev.sardonyx.testkit.OpCase.uniform;
import static dev.sardonyx.testkit.QuantizationRows.i8;
import static dev.sardonyx.testkit.QuantizationRows.u8;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.QuantizedArithmetic;
import dev.sardonyx.ir.QuantizedPools;
import dev.sardonyx.ir.QuantizedWeights;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.testkit.OpCase.Source;
import java.util.ArrayList;
import java.util.List;

/** ONNX Runtime's operators on quantized numbers. */
final class QuantizedRows {
  private QuantizedRows() {}

  static List<OpCase> rows() {
    List<OpCase> rows = new ArrayList<>(arithmetic());
    rows.addAll(pools());
    rows.addAll(weights());
    return rows;
  }

  private static Source scale(double value) {
    return constant(Tensor.scalar(ElementType.FLOAT32, value));
  }

  private static Source zero(double value) {
    return constant(Tensor.scalar(ElementType.UINT8, value));
  }

  private static List<OpCase> arithmetic() {
    return List.of(
        OpCase.of(new QuantizedArithmetic.QLinearAdd())
            .inputs(
                u8(2, 3), scale(0.3), zero(7), u8(3), scale(0.2), zero(100), scale(0.7), zero(50)),
        OpCase.of(new QuantizedArithmetic.QLinearMul())
            .inputs(
                u8(2, 3), scale(0.3), zero(7), u8(2, 3), scale(0.2), zero(100), scale(9), zero(50)),
        OpCase.of(new QuantizedArithmetic.QLinearLeakyRelu(0.1f))
            .inputs(u8(2, 3), scale(0.3), zero(120), scale(0.2), zero(30)),
        OpCase.of(new QuantizedArithmetic.QLinearSigmoid())
            .inputs(u8(2, 3), scale(0.03), zero(120), scale(0.005), zero(3)),
        OpCase.of(new QuantizedArithmetic.QLinearSoftmax(-1, 13))
            .inputs(u8(2, 5), scale(0.02), zero(120), scale(1.0 / 256), zero(0)),
        OpCase.of(new QuantizedArithmetic.QLinearSoftmax(1, 11))
            .inputs(u8(2, 3, 2), scale(0.02), zero(120), scale(1.0 / 256), zero(0)),
        OpCase.of(new QuantizedArithmetic.QLinearConcat(1))
            .inputs(
                scale(0.25), zero(5), u8(2, 3), scale(0.3), zero(7), u8(2, 1), scale(0.2), zero(9)),
        OpCase.of(new QuantizedArithmetic.QuantizeLinear(null))
            .inputs(f32(2, 3), scale(0.03), zero(128))
            .note(ContribRows.DOMAIN),
        OpCase.of(new QuantizedArithmetic.QuantizeLinear(0L))
            .inputs(
                f32(2, 3),
                uniform(0.1, 0.2, 2),
                constant(Tensor.from(ElementType.INT16, new double[] {-300, 500}, new long[] {2})))
            .note(ContribRows.DOMAIN),
        OpCase.of(new QuantizedArithmetic.DequantizeLinear(null))
            .inputs(u8(2, 3), uniform(0.1, 0.2), u8())
            .note(ContribRows.DOMAIN),
        OpCase.of(new QuantizedArithmetic.DequantizeLinear(0L))
            .inputs(i8(2, 3), uniform(0.1, 0.2, 2), i8(2))
            .note(ContribRows.DOMAIN));
  }

  private static List<OpCase> pools() {
    List<Long> twos = List.of(2L, 2L);
    List<Long> none = List.of();
    return List.of(
        OpCase.of(
                new QuantizedPools.QLinearAveragePool(
                    AutoPad.NOTSET, false, false, false, twos, none, twos))
            .inputs(u8(1, 2, 4, 6), scale(0.3), zero(7), scale(0.25), zero(9)),
        OpCase.of(
                new QuantizedPools.QLinearAveragePool(
                    AutoPad.NOTSET,
                    true,
                    true,
                    true,
                    List.of(3L, 2L),
                    List.of(1L, 1L, 1L, 0L),
                    twos))
            .inputs(u8(1, 5, 6, 3), scale(0.3), zero(7), scale(0.25), zero(9)),
        OpCase.of(new QuantizedPools.QLinearGlobalAveragePool(false))
            .inputs(u8(2, 3, 4, 5), scale(0.3), zero(7), scale(0.25), zero(9)),
        OpCase.of(new QuantizedPools.QLinearGlobalAveragePool(true))
            .inputs(u8(2, 4, 5, 3), scale(0.3), zero(7), scale(0.25), zero(9)),
        OpCase.of(new QuantizedPools.NhwcMaxPool(AutoPad.NOTSET, false, none, twos, none, twos))
            .inputs(u8(1, 4, 6, 3)));
  }

  private static List<OpCase> weights() {
    return List.of(
        OpCase.of(new QuantizedWeights.DynamicQuantizeMatMul())
            .inputs(
                constant(Tensor.of(new float[][] {{1, -2, 0.5f}, {0.3f, 2, -1}})),
                u8(3, 4),
                uniform(0.1, 0.2),
                zero(120),
                f32(4)),
        OpCase.of(new QuantizedWeights.MatMulIntegerToFloat())
            .inputs(
                u8(2, 3),
                u8(3, 4),
                uniform(0.1, 0.2),
                uniform(0.1, 0.2, 4),
                zero(7),
                u8(4),
                f32(4)),
        OpCase.of(new QuantizedWeights.MatMulIntegerToFloat())
            .inputs(u8(2, 3), i8(3, 4), uniform(0.1, 0.2), uniform(0.1, 0.2))
            .note("without zero points"),
        OpCase.of(new QuantizedWeights.MatMulNBits(32, 3, 0, 4, 16, 0))
            .inputs(f32(2, 32), u8(3, 2, 8), uniform(0.1, 0.2, 6)),
        OpCase.of(new QuantizedWeights.MatMulNBits(40, 3, 0, 4, 16, 0))
            .inputs(f32(2, 40), u8(3, 3, 8), uniform(0.1, 0.2, 9), u8(6), null, f32(3))
            .note("zero points and bias"),
        OpCase.of(new QuantizedWeights.MatMulNBits(32, 3, 0, 8, 16, 0))
            .inputs(f32(2, 32), u8(3, 2, 16), uniform(0.1, 0.2, 6)),
        OpCase.of(new QuantizedWeights.GatherBlockQuantized(4, 16, 0, 1))
            .inputs(constant(Tensor.zeros(ElementType.UINT4, 5, 32)), i64(0, 5, 2), f32(5, 2)),
        OpCase.of(new QuantizedWeights.GatherBlockQuantized(8, 16, 0, -1))
            .inputs(u8(5, 40), i64(0, 5, 2, 3), f32(5, 3)),
        OpCase.of(new QuantizedWeights.GatherBlockQuantized(4, 16, 0, -1))
            .inputs(u8(5, 20), i64(0, 5, 2), f32(5, 3), u8(5, 2))
            .note("packed")
            .fixedShapesOnly("ONNX Runtime wants as many bytes of zero points as scales"));
  }
}
