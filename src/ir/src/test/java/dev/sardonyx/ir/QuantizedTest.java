package dev.sardonyx.ir;

import static dev.sardonyx.ir.ShapeRules.assertRefused;
import static dev.sardonyx.ir.ShapeRules.x;

import dev.sardonyx.ir.Quantizing.DequantizeLinear;
import dev.sardonyx.ir.Quantizing.QuantizeLinear;
import dev.sardonyx.ir.type.ElementType;
import org.junit.jupiter.api.Test;

/** What operators on small integers refuse; their numbers are tested with the operators' rows. */
class QuantizedTest {
  private static final String SCALE_HELP =
      "a scale is one number, or a vector along axis, or with block_size one for each block";

  @Test
  void theResultHasOneType() {
    Op quantize = new QuantizeLinear(null, ElementType.INT8, 0, true, 1);
    assertRefused(
        "TYPE-020",
        "QuantizeLinear has output_dtype=int8 and a zero point of uint8",
        "leave output_dtype out: the zero point says what the result holds",
        () -> Value.of(quantize, x("float32[2,3]"), x("float32[]"), x("uint8[]")));
  }

  @Test
  void scalesGoWithTheTensor() {
    assertRefused(
        "SHAPE-090",
        "DequantizeLinear needs one number, or [3] for axis 1 as x_scale, got [2]",
        SCALE_HELP,
        () -> Value.of(new DequantizeLinear(), x("uint8[2,3]"), x("float32[2]")));
    assertRefused(
        "SHAPE-090",
        "DequantizeLinear needs [2,2] for blocks of 2 as x_scale, got [2,3]",
        SCALE_HELP,
        () -> Value.of(new DequantizeLinear(null, 2, 1), x("uint8[2,3]"), x("float32[2,3]")));
  }

  @Test
  void scalesOfAProductAreForRowsAndColumns() {
    Value a = x("uint8[2,3]");
    Value b = x("uint8[3,4]");
    Value scale = x("float32[]");
    Value zero = x("uint8[]");
    Op product = new QuantizedProducts.QLinearMatMul();
    assertRefused(
        "SHAPE-091",
        "QLinearMatMul needs one number as b_scale or one for each of 4 columns, got [3]",
        "give the shape [], or [4]",
        () -> Value.of(product, a, scale, zero, b, x("float32[3]"), zero, scale, zero));
  }
}
