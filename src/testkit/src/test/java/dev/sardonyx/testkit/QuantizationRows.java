package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.constant;
import static dev.sardonyx.testkit.OpCase.distinct;
import static dev.sardonyx.testkit.OpCase.f32;
import static dev.sardonyx.testkit.OpCase.uniform;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.QuantizedProducts;
import dev.sardonyx.ir.Quantizing;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.testkit.OpCase.Argument;
import dev.sardonyx.testkit.OpCase.Source;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@link dev.sardonyx.ir.Quantization}. */
final class QuantizationRows {
  private QuantizationRows() {}

  static List<OpCase> rows() {
    List<OpCase> rows = new ArrayList<>(quantizing());
    rows.addAll(products());
    return rows;
  }

  /** Bytes without sign. */
  static Source u8(long... dims) {
    return bytes(ElementType.UINT8, 0, 256, dims);
  }

  /** Bytes with a sign. */
  static Source i8(long... dims) {
    return bytes(ElementType.INT8, -128, 128, dims);
  }

  private static Source bytes(ElementType element, int low, int high, long... dims) {
    return random -> {
      int size = (int) Arrays.stream(dims).reduce(1, Math::multiplyExact);
      double[] values = random.ints(size, low, high).mapToDouble(v -> v).toArray();
      return new Argument(Tensor.from(element, values, dims), false);
    };
  }

  private static Source zero(ElementType element, double value) {
    return constant(Tensor.scalar(element, value));
  }

  private static List<OpCase> quantizing() {
    return List.of(
        OpCase.of(new Quantizing.QuantizeLinear()).inputs(f32(2, 3), uniform(0.1, 0.2), u8()),
        OpCase.of(new Quantizing.QuantizeLinear())
            .inputs(f32(2, 3), uniform(0.1, 0.2))
            .note("without a zero point"),
        OpCase.of(new Quantizing.QuantizeLinear(null, null, 0, true, 0))
            .inputs(f32(2, 3), uniform(0.1, 0.2, 2), i8(2)),
        OpCase.of(new Quantizing.QuantizeLinear(null, ElementType.INT8, 2, true, -1))
            .inputs(f32(2, 5), uniform(0.1, 0.2, 2, 3)),
        OpCase.of(new Quantizing.DequantizeLinear()).inputs(u8(2, 3), f32(), u8()),
        OpCase.of(new Quantizing.DequantizeLinear(null, 0, -2)).inputs(i8(2, 3, 4), f32(3), i8(3)),
        OpCase.of(new Quantizing.DequantizeLinear(null, 2, 1))
            .inputs(i8(2, 5), f32(2, 3), i8(2, 3)),
        OpCase.of(new Quantizing.DynamicQuantizeLinear()).inputs(distinct(3, 4)));
  }

  private static List<OpCase> products() {
    List<Long> none = List.of();
    List<Long> twos = List.of(2L, 2L);
    List<Long> ones = List.of(1L, 1L, 1L, 1L);
    return List.of(
        OpCase.of(new QuantizedProducts.MatMulInteger()).inputs(u8(2, 3), i8(3, 4)),
        OpCase.of(new QuantizedProducts.MatMulInteger())
            .inputs(u8(2, 3, 4), u8(4, 5), u8(), u8(5))
            .note("a zero point for each column"),
        OpCase.of(new QuantizedProducts.QLinearMatMul())
            .inputs(
                u8(2, 3),
                uniform(0.1, 0.2),
                u8(),
                i8(3, 4),
                uniform(0.1, 0.2),
                i8(),
                uniform(10, 20),
                u8()),
        OpCase.of(new QuantizedProducts.ConvInteger(AutoPad.NOTSET, none, 1, none, ones, twos))
            .inputs(u8(2, 3, 5, 4), u8(4, 3, 3, 2), u8(), zero(ElementType.UINT8, 7)),
        OpCase.of(new QuantizedProducts.QLinearConv(AutoPad.SAME_UPPER, none, 1, none, none, none))
            .inputs(
                u8(2, 2, 5, 4),
                uniform(0.1, 0.2),
                u8(),
                i8(4, 2, 3, 3),
                uniform(0.1, 0.2, 4),
                constant(Tensor.zeros(ElementType.INT8, 4)),
                uniform(10, 20),
                u8(),
                constant(Tensor.of(new int[] {1, -2, 300, 4}))));
  }
}
