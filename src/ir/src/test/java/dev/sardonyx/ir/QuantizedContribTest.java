package dev.sardonyx.ir;

import static dev.sardonyx.ir.ShapeRules.assertRefused;
import static dev.sardonyx.ir.ShapeRules.type;
import static dev.sardonyx.ir.ShapeRules.x;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Types and refusals of ONNX Runtime's own operators on quantized numbers. */
class QuantizedContribTest {
  private static final Value SCALE = x("float32[]");
  private static final Value ZERO = x("uint8[]");

  private static QuantizedWeights.MatMulNBits matMul(long bits, long blockSize) {
    return new QuantizedWeights.MatMulNBits(32, 3, 0, bits, blockSize, 0);
  }

  @Test
  void partsComeWithScaleAndZeroPoint() {
    Op concat = new QuantizedArithmetic.QLinearConcat(1);
    Value part = x("uint8[N,2]");
    assertEquals("uint8[N,4]", type(concat, SCALE, ZERO, part, SCALE, ZERO, part, SCALE, ZERO));
    assertRefused(
        "GRAPH-001",
        "QLinearConcat takes a tensor, a scale and a zero point each, got 4 inputs",
        "give three inputs for each part",
        () -> Value.of(concat, SCALE, ZERO, part, SCALE, ZERO, part));
  }

  @Test
  void arithmeticBroadcasts() {
    Op add = new QuantizedArithmetic.QLinearAdd();
    Value a = x("uint8[N,1]");
    Value b = x("uint8[3]");
    assertEquals("uint8[N,3]", type(add, a, SCALE, ZERO, b, SCALE, ZERO, SCALE, ZERO));
    assertRefused(
        "SHAPE-020",
        "QLinearAdd takes a scalar as B_scale, got the shape [2]",
        "give one element, of the shape [] or [1]",
        () -> Value.of(add, a, SCALE, ZERO, b, x("float32[2]"), ZERO, SCALE, ZERO));
  }

  @Test
  void poolsHaveChannelsFirstOrLast() {
    Op last = new QuantizedPools.QLinearGlobalAveragePool(true);
    assertEquals("uint8[N,1,1,3]", type(last, x("uint8[N,H,W,3]"), SCALE, ZERO, SCALE, ZERO));
    Op first = new QuantizedPools.QLinearGlobalAveragePool(false);
    assertEquals("uint8[N,3,1,1]", type(first, x("uint8[N,3,H,W]"), SCALE, ZERO, SCALE, ZERO));
    assertRefused(
        "SHAPE-042",
        "QLinearGlobalAveragePool needs an input of rank 3 or more, got rank 2",
        "the axes are batch, channels, then one or more spatial ones",
        () -> Value.of(first, x("uint8[N,3]"), SCALE, ZERO, SCALE, ZERO));
  }

  @Test
  void weightsOfFewBitsAreMatrices() {
    Value b = x("uint8[3,2,8]");
    assertEquals("float32[N,S,3]", type(matMul(4, 16), x("float32[N,S,32]"), b, x("float32[6]")));
    assertEquals("float32[*]", type(matMul(4, 16), x("float32[*]"), b, x("float32[6]")));
    assertRefused(
        "ATTR-004",
        "MatMulNBits has bits=3, block_size=16, K=32 and N=3",
        "bits are 2, 4 or 8, and blocks have 16 elements or more",
        () -> Value.of(matMul(3, 16), x("float32[S,32]"), b, x("float32[6]")));
    assertRefused(
        "SHAPE-070",
        "MatMulNBits takes rows as A, got a scalar",
        "give the shape [..., K]",
        () -> Value.of(matMul(4, 16), x("float32[]"), b, x("float32[6]")));
    assertRefused(
        "SHAPE-023",
        "MatMulNBits needs A's last axis and K to agree, got 40 and 32",
        "the two extents must be the same",
        () -> Value.of(matMul(4, 16), x("float32[S,40]"), b, x("float32[6]")));
  }

  @Test
  void scalesAreOneNumberOrOneForEachColumn() {
    Op product = new QuantizedWeights.MatMulIntegerToFloat();
    Value a = x("uint8[M,3]");
    Value b = x("uint8[3,4]");
    assertEquals("float32[M,4]", type(product, a, b, SCALE, x("float32[4]")));
    assertRefused(
        "SHAPE-090",
        "MatMulIntegerToFloat needs one number as b_scale or one for each of 4 columns, got [3]",
        "give the shape [], or [4]",
        () -> Value.of(product, a, b, SCALE, x("float32[3]")));
    assertRefused(
        "SHAPE-090",
        "QuantizeLinear needs one number, or [3] for axis 1 as y_scale, got [2]",
        "a scale is one number, or a vector along axis, or with block_size one for each block",
        () ->
            Value.of(
                new QuantizedArithmetic.QuantizeLinear(1L), x("float32[2,3]"), x("float32[2]")));
  }

  @Test
  void slicesOfPackedBytesAreUnpacked() {
    assertEquals(
        "float32[5,N,32]",
        type(
            new QuantizedWeights.GatherBlockQuantized(4, 16, 1, 2),
            x("uint8[5,7,16]"),
            x("int64[N]"),
            x("float32[5,7,2]")));
    assertEquals(
        List.of("float32[*]"),
        ShapeRules.types(
            new QuantizedWeights.GatherBlockQuantized(4, 16, 0, 1),
            x("uint8[*]"),
            x("int64[N]"),
            x("float32[5,2]")));
  }
}
