package dev.sardonyx.ir;

import static dev.sardonyx.ir.ShapeRules.assertRefused;
import static dev.sardonyx.ir.ShapeRules.longs;
import static dev.sardonyx.ir.ShapeRules.type;
import static dev.sardonyx.ir.ShapeRules.x;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # start | end | extents of [N,3,?,5]
          0       |     | [N,3,?,5]
          1       |     | [3,?,5]
          -1      |     | [5]
          0       | -1  | [N,3,?]
          1       | 2   | [3]
          -3      | -1  | [3,?]
          2       | 1   | []
          -9      | 9   | [N,3,?,5]
          """)
  void measuresShapes(long start, Long end, String extents) {
    Value shape = Value.of(new Sizing.Shape(start, end), x("float32[N,3,?,5]"));
    List<Dim> expected = Shape.parse(extents).dims();
    assertEquals("int64[%d]".formatted(expected.size()), shape.type().toString());
    assertEquals(expected, shape.node().content());
  }

  @Test
  void measuresWhatIsNotKnown() {
    assertEquals("int64[?]", x("float32[*]").shapeOf().type().toString());
    assertNull(x("float32[*]").shapeOf().node().content());
    assertEquals("int64[]", x("float32[*]").sizeOf().type().toString());
    assertEquals(List.of(Dim.UNKNOWN), x("float32[*]").sizeOf().node().content());
    assertEquals(List.of(Dim.parse("6*N")), x("float32[2,N,3]").sizeOf().node().content());
    assertEquals(List.of(Dim.ONE), x("float32[]").sizeOf().node().content());
  }

  @Test
  void fillsShapes() {
    Tensor seven = Tensor.of(new long[] {7});
    Op sevens = new Sizing.ConstantOfShape(seven);
    assertEquals("int64[N,3]", type(sevens, x("float32[N,3]").shapeOf()));
    assertEquals("int64[?,?]", type(sevens, x("int64[2]")));
    assertEquals("int64[*]", type(sevens, x("int64[?]")));
    Dim d = Dim.of(7);
    assertEquals(List.of(d, d, d), Value.of(sevens, longs("3")).node().content());
    assertEquals(List.of(d), Value.of(sevens, longs("-")).node().content());
    assertNull(Value.of(sevens, longs("1 3")).node().content());
    assertRefused(
        "SHAPE-027",
        "ConstantOfShape takes no negative numbers as input, got -1",
        "extents and counts are 0 or more",
        () -> type(sevens, longs("2 -1")));
    assertRefused(
        "ATTR-004",
        "ConstantOfShape takes one element as value, got 2",
        "give a tensor of the shape [1]",
        () -> type(new Sizing.ConstantOfShape(Tensor.of(new long[] {7, 8})), longs("2")));
  }

  @Test
  void fillsWithAFloatZeroUnlessToldOtherwise() {
    OpSchema schema = OpSchema.of(Sizing.ConstantOfShape.class);
    Op zeros = schema.create(Map.of());
    assertEquals(new Sizing.ConstantOfShape(Tensor.of(new float[] {0})), zeros);
    assertEquals(Map.of(), schema.attributesOf(zeros));
    assertEquals("float32[2]", type(zeros, longs("2")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          3  | 9  | 3  | 3 6
          3  | 10 | 3  | 3 6 9
          10 | 4  | -2 | 10 8 6
          10 | 3  | -2 | 10 8 6 4
          3  | 3  | 1  | -
          5  | 3  | 1  | -
          -2 | 1  | 1  | -2 -1 0
          """)
  void countsInSteps(long start, long limit, long delta, String elements) {
    Value range = Value.range(scalar(start), scalar(limit), scalar(delta));
    Value expected = longs(elements);
    assertEquals(expected.type(), range.type());
    assertEquals(expected.node().content(), range.node().content());
  }

  private static Value scalar(long value) {
    return Value.constant(Tensor.scalar(value));
  }

  @Test
  void countsToWhatIsComputed() {
    Value n = x("float32[N]").sizeOf();
    assertEquals("int64[N]", Value.range(scalar(0), n, scalar(1)).type().toString());
    assertEquals(Shape.parse("[floor((N+1)/2)]"), Value.range(scalar(0), n, scalar(2)).shape());
    assertEquals(Shape.parse("[N]"), Value.range(n, scalar(0), scalar(-1)).shape());
    Value next = Value.range(n, n.add(scalar(2)), scalar(1));
    assertEquals(List.of(Dim.parse("N"), Dim.parse("N+1")), next.node().content());
    assertEquals("int64[?]", Value.range(scalar(0), x("int64[]"), scalar(1)).type().toString());
    assertEquals("int64[?]", Value.range(scalar(0), n, x("int64[]")).type().toString());
  }

  @Test
  void countsInFloats() {
    assertEquals("float32[10]", range(ElementType.FLOAT32, 0, 1, 0.1).type().toString());
    assertEquals("float64[10]", range(ElementType.FLOAT64, 0, 1, 0.1).type().toString());
    assertEquals("float32[0]", range(ElementType.FLOAT32, 1, 0, 0.1).type().toString());
    assertEquals("int16[3]", range(ElementType.INT16, 0, 6, 2).type().toString());
    Value open = Value.range(x("float32[]"), x("float32[]"), x("float32[]"));
    assertEquals("float32[?]", open.type().toString());
  }

  private static Value range(ElementType element, double start, double limit, double delta) {
    return Value.range(
        Value.scalar(element, start), Value.scalar(element, limit), Value.scalar(element, delta));
  }

  @Test
  void refusesRangesThatDoNotEnd() {
    String help = "a step is not 0; it may be negative";
    assertRefused(
        "SHAPE-030", "Range has a delta of 0", help, () -> range(ElementType.INT64, 0, 1, 0));
    assertRefused(
        "SHAPE-030", "Range has a delta of 0", help, () -> range(ElementType.FLOAT32, 0, 1, 0));
    assertRefused(
        "TYPE-003",
        "Range takes no uint8 as start",
        "cast it: start may be float32, int16, int32, int64, float16, float64 or bfloat16",
        () -> range(ElementType.UINT8, 0, 1, 1));
    assertRefused(
        "SHAPE-020",
        "Range takes a scalar as limit, got the shape [2]",
        "give one element, of the shape [] or [1]",
        () -> Value.range(scalar(0), longs("1 2"), scalar(1)));
    assertRefused(
        "TYPE-002",
        "Range needs start and delta of one element type, got int64 and int32",
        "cast one of them; ONNX converts nothing by itself",
        () -> Value.range(scalar(0), scalar(1), x("int32[]")));
  }

  @Test
  void constantsDivideTowardsZero() {
    assertEquals(List.of(Dim.of(-3)), longs("-7").div(longs("2")).node().content());
    assertEquals(List.of(Dim.of(3)), longs("7").div(longs("2")).node().content());
  }
}
