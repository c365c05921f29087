package dev.sardonyx.ir;

import static dev.sardonyx.ir.ShapeRules.assertRefused;
import static dev.sardonyx.ir.ShapeRules.longs;
import static dev.sardonyx.ir.ShapeRules.type;
import static dev.sardonyx.ir.ShapeRules.x;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReductionTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # x        | axes | keepdims | noop  | result
          [2,3,4]    | 1    | true     | false | [2,1,4]
          [2,3,4]    | 1    | false    | false | [2,4]
          [2,3,4]    | 0 -1 | true     | false | [1,3,1]
          [2,3,4]    | 2 0  | false    | false | [3]
          [N,3,M]    | 1    | false    | false | [N,M]
          [N,3,?]    | -3   | true     | false | [1,3,?]
          [2,3]      | -    | true     | false | [1,1]
          [2,3]      | -    | false    | false | []
          [N,3]      | -    | true     | true  | [N,3]
          [N,3]      | -    | false    | true  | [N,3]
          [N,3]      | 0    | false    | true  | [3]
          []         | -    | true     | false | []
          [*]        | 1    | true     | false | [*]
          [*]        | 1    | false    | false | [*]
          [*]        | -    | false    | false | []
          """)
  void reducesAxes(String shape, String axes, boolean keep, boolean noop, String result) {
    Value data = x("float32" + shape);
    List<Op> reductions =
        List.of(
            new Aggregation.ReduceSum(keep, noop),
            new Aggregation.ReduceMean(keep, noop),
            new Aggregation.ReduceMax(keep, noop),
            new Aggregation.ReduceMin(keep, noop),
            new Aggregation.ReduceProd(keep, noop),
            new Norm.ReduceL1(keep, noop),
            new Norm.ReduceL2(keep, noop),
            new Norm.ReduceSumSquare(keep, noop),
            new Norm.ReduceLogSum(keep, noop),
            new Norm.ReduceLogSumExp(keep, noop));
    for (Op op : reductions) {
      assertEquals("float32" + result, type(op, data, longs(axes)), op.toString());
      if (axes.equals("-")) {
        assertEquals("float32" + result, type(op, data), op.toString());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # x     | axes     | keepdims | result
          [N,1,4] | int64[2] | true     | [?,1,?]
          [N,1,4] | int64[2] | false    | [?]
          [N,1,4] | int64[?] | true     | [?,1,?]
          [N,1,4] | int64[K] | false    | [*]
          [N,1,4] | int64[*] | false    | [*]
          [N,1,4] | int64[0] | false    | []
          [*]     | int64[1] | true     | [*]
          """)
  void reducesAxesThatAreData(String shape, String axes, boolean keep, String result) {
    Op op = new Aggregation.ReduceSum(keep, false);
    assertEquals("float32" + result, type(op, x("float32" + shape), x(axes)));
  }

  @Test
  void refusesWrongAxes() {
    Op op = new Aggregation.ReduceSum(true, false);
    Value data = x("float32[2,3]");
    assertRefused(
        "SHAPE-002",
        "ReduceSum has axis 2 for a tensor of rank 2",
        "an axis lies between -rank and rank - 1",
        () -> type(op, data, longs("2")));
    assertRefused(
        "SHAPE-021",
        "ReduceSum names axis 1 twice",
        "list every axis at most once",
        () -> type(op, data, longs("1 -1")));
    assertRefused(
        "SHAPE-021",
        "ReduceSum names 3 axes of a tensor of rank 2",
        "list every axis at most once",
        () -> type(op, data, x("int64[3]")));
    assertRefused(
        "SHAPE-020",
        "ReduceSum takes a vector as axes, got rank 0",
        "give it the shape [n]",
        () -> type(op, data, Value.constant(Tensor.scalar(1L))));
    assertRefused(
        "TYPE-004",
        "ReduceSum takes int64 as axes, got int32",
        "cast it to int64",
        () -> type(op, data, x("int32[1]")));
  }

  @ParameterizedTest
  @CsvSource({"bool,true", "int8,true", "uint8,true", "int16,false", "uint16,false", "int32,true"})
  void takesTheElementsOfTheStandard(String element, boolean byMax) {
    boolean bySum = element.equals("int32");
    Value data = x(element + "[3]");
    Op max = new Aggregation.ReduceMax(false, false);
    Op sum = new Aggregation.ReduceSum(false, false);
    if (byMax) {
      assertEquals(element + "[]", type(max, data));
    } else {
      refusesElement("ReduceMax", element, "float32, uint8, int8, int32, int64, bool,", max, data);
    }
    if (bySum) {
      assertEquals(element + "[]", type(sum, data));
    } else {
      refusesElement("ReduceSum", element, "float32, int32, int64,", sum, data);
    }
  }

  private static void refusesElement(String name, String element, String some, Op op, Value data) {
    assertRefused(
        "TYPE-003",
        name + " takes no " + element + " as data",
        "cast it: data may be " + some + " float16, float64, uint32, uint64 or bfloat16",
        () -> type(op, data));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [N,3,4] | 0  | true  | [1,3,4]
          [N,3,4] | -1 | false | [N,3]
          [5]     | 0  | false | []
          [*]     | 7  | true  | [*]
          """)
  void findsIndicesAlongAnAxis(String shape, long axis, boolean keep, String result) {
    Value data = x("float32" + shape);
    assertEquals("int64" + result, type(new AlongAxis.ArgMax(axis, keep, false), data));
    assertEquals("int64" + result, type(new AlongAxis.ArgMin(axis, keep, true), data));
  }

  @Test
  void refusesAnAxisThatIsNotThere() {
    assertRefused(
        "SHAPE-002",
        "ArgMax has axis -3 for a tensor of rank 2",
        "an axis lies between -rank and rank - 1",
        () -> x("float32[2,3]").argMax(-3, true));
  }

  @Test
  void scansAlongAnAxis() {
    Op op = new AlongAxis.CumSum(false, false);
    Value axis = Value.constant(Tensor.scalar(1L));
    assertEquals("float32[N,3]", type(op, x("float32[N,3]"), axis));
    assertEquals("float32[N,3]", type(op, x("float32[N,3]"), x("int32[]")));
    assertRefused(
        "SHAPE-002",
        "CumSum has axis 1 for a tensor of rank 1",
        "an axis lies between -rank and rank - 1",
        () -> type(op, x("float32[3]"), axis));
    assertRefused(
        "SHAPE-020",
        "CumSum takes a scalar as axis, got the shape [2]",
        "give one element, of the shape [] or [1]",
        () -> type(op, x("float32[3]"), x("int64[2]")));
    assertRefused(
        "TYPE-003",
        "CumSum takes no int8 as x",
        "cast it: x may be float32, int32, int64, float16, float64, uint32, uint64 or bfloat16",
        () -> type(op, x("int8[3]"), axis));
    assertRefused(
        "TYPE-004",
        "CumSum takes int32 or int64 as axis, got float32",
        "cast it to int64",
        () -> type(op, x("float32[3]"), x("float32[]")));
  }

  @Test
  void multipliesKnownExtents() {
    Value shape = x("float32[N,3,4]").shapeOf();
    assertEquals(List.of(Dim.parse("12*N")), shape.prod(false).node().content());
    assertEquals(List.of(Dim.parse("12*N")), shape.prod(true, -1).node().content());
    assertEquals("int64[1]", shape.prod(true, -1).type().toString());
    Value untouched = Value.of(new Aggregation.ReduceProd(true, true), shape);
    assertEquals(Dim.parse("N"), untouched.node().content().get(0));
    assertEquals(List.of(Dim.ONE), longs("-").prod(false).node().content());
    assertNull(x("int64[3]").prod(false).node().content());
  }

  @Test
  void methodsTakeAllAxesWhereNoneAreNamed() {
    Value data = x("float32[N,3]");
    assertEquals("float32[]", data.sum().type().toString());
    assertEquals("float32[]", data.mean().type().toString());
    assertEquals("float32[1,1]", data.max(true).type().toString());
    assertEquals("float32[N]", data.min(false, 1).type().toString());
    assertEquals("float32[N,1]", data.logSumExp(true, -1).type().toString());
    assertEquals("int64[N]", data.argMax(-1, false).type().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # stretched | like     | operators that sum back
          [N,3]       | [N,3]    |
          [?,3]       | [5,3]    |
          [N,3]       | [3]      | ReduceSum
          [N,3]       | []       | ReduceSum
          [N,3]       | [N,1]    | ReduceSum
          [2,N,3]     | [1,3]    | ReduceSum Squeeze
          [2,N,3]     | [N,1]    | ReduceSum Squeeze
          """)
  void sumsBackWithoutArithmeticOnShapes(String from, String to, String operators) {
    Value wide = x("float32" + from);
    Value like = x("float32" + to);
    Value summed = wide.sumTo(like);
    List<String> used =
        Walk.topological(List.of(summed)).stream()
            .filter(node -> !node.isLeaf())
            .map(node -> OpSchema.of(node.op()).type())
            .toList();
    assertEquals(operators == null ? "" : operators, String.join(" ", used));
    if (used.isEmpty()) {
      assertSame(wide, summed);
    } else {
      assertEquals(like.type(), summed.type());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [?,3] | [N,3]
          [?,M] | [M]
          [5,3] | [N,1]
          [*]   | [N,3]
          [N,3] | [*]
          """)
  void sumsBackAtRunTimeWhereShapesDoNotTell(String from, String to) {
    Value like = x("float32" + to);
    assertEquals(like.type(), x("float32" + from).sumTo(like).type());
  }

  @Test
  void aGradientOfFewerAxesIsReshaped() {
    Value like = x("float32[1,1]");
    assertEquals(like.type(), x("float32[]").sumTo(like).type());
  }

  @Test
  void zerosAndOnesAreConstantsWhereTheShapeIsFixed() {
    assertEquals(
        Tensor.full(ElementType.FLOAT32, 1, 2, 3), x("float32[2,3]").onesLike().constant());
    assertEquals(Tensor.zeros(ElementType.INT32, 2), x("int32[2]").zerosLike().constant());
    Value large = x("float32[100,100]").zerosLike();
    assertEquals("float32[100,100]", large.type().toString());
    assertEquals(new Sizing.ConstantOfShape(Tensor.of(new float[] {0})), large.op());
    assertEquals("float64[N,?]", x("float64[N,?]").zerosLike().type().toString());
  }
}
