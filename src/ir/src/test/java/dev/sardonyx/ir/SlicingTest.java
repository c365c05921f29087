package dev.sardonyx.ir;

import static dev.sardonyx.ir.ShapeRules.assertRefused;
import static dev.sardonyx.ir.ShapeRules.longs;
import static dev.sardonyx.ir.ShapeRules.numbers;
import static dev.sardonyx.ir.ShapeRules.type;
import static dev.sardonyx.ir.ShapeRules.types;
import static dev.sardonyx.ir.ShapeRules.x;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sardonyx.ir.Slicing.PadMode;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlicingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # a     | b     | axis | result
          [N,3]   | [N,4] | 1    | [N,7]
          [N,3]   | [M,3] | 0    | [N+M,3]
          [N,3]   | [M,3] | -2   | [N+M,3]
          [N,3]   | [5,M] | 1    | [5,M+3]
          [?,3]   | [N,4] | 1    | [N,7]
          [?,3]   | [N,3] | 0    | [?,3]
          [*]     | [N,3] | 1    | [N,?]
          [*]     | [*]   | 1    | [*]
          """)
  void concatenates(String a, String b, long axis, String result) {
    Value joined = Value.concat(axis, x("float32" + a), x("float32" + b));
    assertEquals(Shape.parse(result), joined.shape());
  }

  @Test
  void refusesToConcatenateWhatDiffers() {
    Value data = x("float32[2,3]");
    assertRefused(
        "SHAPE-023",
        "Concat needs the extents of axis 0 to agree, got 2 and 4",
        "the two extents must be the same",
        () -> Value.concat(1, data, x("float32[4,3]")));
    assertRefused(
        "SHAPE-023",
        "Concat needs inputs of one rank, got 2 and 1",
        "unsqueeze the one of smaller rank",
        () -> Value.concat(0, data, x("float32[3]")));
    assertRefused(
        "SHAPE-002",
        "Concat has axis 2 for a tensor of rank 2",
        "an axis lies between -rank and rank - 1",
        () -> Value.concat(2, data, data));
    assertRefused(
        "TYPE-002",
        "Concat needs inputs and inputs_1 of one element type, got float32 and int64",
        "cast one of them; ONNX converts nothing by itself",
        () -> Value.concat(0, data, x("int64[2,3]")));
  }

  @Test
  void concatenatesContents() {
    Value shape = x("float32[N,3]").shapeOf();
    Value joined = Value.concat(0, List.of(shape, longs("-1"), x("int64[2]")));
    assertEquals(
        List.of(Dim.symbol("N"), Dim.of(3), Dim.of(-1), Dim.UNKNOWN, Dim.UNKNOWN),
        joined.node().content());
    assertNull(Value.concat(0, shape, x("int64[K]")).node().content());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # x     | axis | parts | types
          [N,7]   | 1    | 3     | [N,3] [N,3] [N,1]
          [N,6]   | -1   | 3     | [N,2] [N,2] [N,2]
          [2*N,3] | 0    | 2     | [N,3] [N,3]
          [N,3]   | 0    | 2     | [floor((N+1)/2),3] [N-floor((N+1)/2),3]
          [4]     | 0    | 3     | [2] [2] [0]
          [*]     | 1    | 2     | [*] [*]
          """)
  void splitsEqually(String shape, long axis, long parts, String results) {
    List<Shape> shapes =
        Node.of(new Slicing.Split(axis, parts), x("float32" + shape)).outputs().stream()
            .map(Value::shape)
            .toList();
    assertEquals(List.of(results.split(" ")).stream().map(Shape::parse).toList(), shapes);
  }

  @Test
  void splitsIntoSizes() {
    assertEquals(
        List.of("float32[N,2]", "float32[N,3]"),
        x("float32[N,5]").split(1, 2, 3).stream().map(v -> v.type().toString()).toList());
    Value sizes = Value.concat(0, x("float32[M]").shapeOf(), longs("2"));
    assertEquals(
        List.of("float32[M]", "float32[2]"),
        types(new Slicing.Split(0, null), x("float32[M+2]"), sizes));
    assertEquals(
        List.of("float32[?,3]", "float32[?,3]"),
        types(new Slicing.Split(0, null), x("float32[N,3]"), x("int64[2]")));
    List<Value> unknown = List.of(x("float32[N,3]"), x("int64[K]"));
    assertEquals(3, Node.of(new Slicing.Split(0, null), unknown, 3).outputs().size());
  }

  @Test
  void refusesPartsThatDoNotFit() {
    Value data = x("float32[5]");
    Op bySizes = new Slicing.Split(0, null);
    assertRefused(
        "SHAPE-026",
        "Split cannot cut an extent of 5 into [2, 4]",
        "the sizes of the parts add up to the extent",
        () -> data.split(0, 2, 4));
    assertRefused(
        "SHAPE-027",
        "Split takes no negative numbers as split, got -1",
        "extents and counts are 0 or more",
        () -> data.split(0, 6, -1));
    assertRefused(
        "SHAPE-026",
        "Split cannot cut an extent of 5 into 4 parts of 2",
        "ask for fewer parts, or give the sizes as split",
        () -> Node.of(new Slicing.Split(0, 4L), data));
    assertRefused(
        "SHAPE-032",
        "Split makes 2 parts, 3 are asked for",
        "as many outputs as parts",
        () -> Node.of(bySizes, List.of(data, longs("2 3")), 3));
    assertRefused(
        "SHAPE-032",
        "Split has a split of unknown length",
        "say how many outputs are wanted, or give split as a constant",
        () -> Node.of(bySizes, data, x("int64[?]")));
  }

  @Test
  void refusesASplitThatIsNotSaidOnce() {
    Value data = x("float32[5]");
    String help = "give the sizes as split, or the number of equal parts as num_outputs";
    assertRefused(
        "ATTR-003",
        "Split has neither split nor num_outputs",
        help,
        () -> Node.of(new Slicing.Split(0, null), List.of(data), 2));
    assertRefused(
        "ATTR-042",
        "Split has both split and num_outputs",
        help,
        () -> Node.of(new Slicing.Split(0, 2L), data, longs("2 3")));
    assertRefused(
        "ATTR-004",
        "Split cannot take 0 as num_outputs",
        "there is one part or more, and at most 65536",
        () -> Node.of(new Slicing.Split(0, 0L), data));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # x      | starts | ends      | axes | steps | result
          [5,7]    | 1 0    | 4 -1      | 0 1  | 1 2   | [3,3]
          [5,7]    | -1     | -999      | 0    | -1    | [5,7]
          [5,7]    | 6      | 0         | -1   | -2    | [5,3]
          [N,7]    | 0      | 3         | 1    | 1     | [N,3]
          [N,7]    | 1      | 999999999999 | 0 | 1     | [max(N-1,0),7]
          [N,7]    | -1     | -999999999999 | 0 | -1   | [N,7]
          [?,7]    | 1      | 3         | 0    | 1     | [?,7]
          [*]      | 1      | 3         | 0    | 1     | [*]
          """)
  void slices(String shape, String starts, String ends, String axes, String steps, String result) {
    Value part =
        x("float32" + shape).slice(numbers(starts), numbers(ends), numbers(axes), numbers(steps));
    assertEquals(Shape.parse(result), part.shape());
  }

  @Test
  void slicesByWhatIsComputed() {
    Op op = new Slicing.Slice();
    Value data = x("float32[512,8]");
    Value length = x("float32[S]").shapeOf();
    assertEquals(Shape.parse("[min(S,512),8]"), Value.of(op, data, longs("0"), length).shape());
    assertEquals("float32[?,8]", type(op, data, x("int64[1]"), x("int64[1]"), longs("0")));
    assertEquals("float32[?,?]", type(op, data, x("int64[1]"), x("int64[1]"), x("int64[1]")));
    assertEquals("float32[?,?]", type(op, data, x("int32[?]"), x("int32[?]")));
  }

  @Test
  void refusesSlicesThatSayTooLittle() {
    Op op = new Slicing.Slice();
    Value data = x("float32[5,7]");
    assertRefused(
        "SHAPE-030",
        "Slice has a step of 0",
        "a step is 1 or more, or negative to go back",
        () -> type(op, data, longs("0"), longs("1"), longs("0"), longs("0")));
    assertRefused(
        "SHAPE-024",
        "Slice needs a vector of length 2 as ends, got 1",
        "its length goes with the axes it is for",
        () -> type(op, data, longs("0 0"), longs("1")));
    assertRefused(
        "SHAPE-002",
        "Slice has axis 2 for a tensor of rank 2",
        "an axis lies between -rank and rank - 1",
        () -> data.slice(2, 0, 1));
    assertRefused(
        "SHAPE-002",
        "Slice has axis 2 for a tensor of rank 2",
        "an axis lies between -rank and rank - 1",
        () -> type(op, data, longs("0 0 0"), longs("1 1 1")));
    assertRefused(
        "SHAPE-021",
        "Slice names axis 1 twice",
        "list every axis at most once",
        () -> type(op, data, longs("0 0"), longs("1 1"), longs("1 -1")));
    assertRefused(
        "TYPE-004",
        "Slice takes int32 or int64 as starts, got float32",
        "cast it to int64",
        () -> type(op, data, x("float32[1]"), longs("1")));
  }

  @Test
  void slicesContents() {
    Value shape = x("float32[N,3,H,W]").shapeOf();
    assertEquals(
        List.of(Dim.symbol("H"), Dim.symbol("W")), shape.slice(0, -2, 99).node().content());
    Value reversed =
        shape.slice(new long[] {-1}, new long[] {-99}, new long[] {0}, new long[] {-2});
    assertEquals(List.of(Dim.symbol("W"), Dim.of(3)), reversed.node().content());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [N,3]  | 0 1 0 2   | [N,6]
          [N,3]  | 1 0 2 -1  | [N+3,2]
          [4]    | -4 5      | [5]
          [?,3]  | 1 1 1 1   | [?,5]
          [*]    | 1 1       | [*]
          """)
  void pads(String shape, String pads, String result) {
    assertEquals(Shape.parse(result), x("float32" + shape).pad(numbers(pads), 0).shape());
  }

  @Test
  void padsTheAxesItIsTold() {
    Op op = new Slicing.Pad(PadMode.EDGE);
    Value data = x("float32[N,3]");
    assertEquals("float32[N,8]", type(op, data, longs("2 3"), null, longs("-1")));
    assertEquals("float32[?,?]", type(op, data, longs("2 3"), null, x("int64[1]")));
    assertEquals("float32[?,?]", type(op, data, x("int64[4]")));
    assertEquals("float32[N,4]", data.pad(new long[] {0, 0, 0, 1}, 2.5).type().toString());
    assertEquals(
        2.5, data.pad(new long[] {0, 0, 0, 1}, 2.5).node().input(2).constant().getDouble(0));
  }

  @Test
  void refusesBordersThatCannotBe() {
    Value data = x("float32[N,3]");
    assertRefused(
        "SHAPE-024",
        "Pad needs a vector of length 4 as pads, got 2",
        "its length goes with the axes it is for",
        () -> data.pad(new long[] {1, 1}, 0));
    assertRefused(
        "SHAPE-027",
        "Pad cuts -2 and -2 off axis 1, whose extent is 3",
        "negative pads cut off at most what is there",
        () -> data.pad(new long[] {0, -2, 0, -2}, 0));
    assertRefused(
        "TYPE-002",
        "Pad needs data and constant_value of one element type, got float32 and float64",
        "cast one of them; ONNX converts nothing by itself",
        () ->
            type(new Slicing.Pad(PadMode.CONSTANT), x("float32[3]"), longs("1 1"), x("float64[]")));
    assertRefused(
        "SHAPE-020",
        "Pad takes a scalar as constant_value, got the shape [2]",
        "give one element, of the shape [] or [1]",
        () ->
            type(
                new Slicing.Pad(PadMode.CONSTANT), x("float32[3]"), longs("1 1"), x("float32[2]")));
  }

  @ParameterizedTest
  @CsvSource({"REFLECT,2,3,3", "WRAP,3,4,3", "EDGE,9,1,0"})
  void refusesBordersWiderThanWhatTheyAreTakenFrom(
      PadMode mode, long most, long wide, long extent) {
    Op op = new Slicing.Pad(mode);
    Value data = x("float32[3]");
    assertEquals(Shape.of(3 + most), Value.of(op, data, Value.longs(0, most)).shape());
    Value little = x("float32[%d]".formatted(extent));
    assertRefused(
        "SHAPE-028",
        "Pad cannot take %d elements for a border from the %d of axis 0 (mode %s)"
            .formatted(wide, extent, mode),
        "reflect takes at most one less than there are, wrap at most all, edge needs one",
        () -> Value.of(op, little, Value.longs(wide, 0)));
  }

  @Test
  void modesAreWrittenAsTheStandardDoes() {
    OpSchema pad = OpSchema.of(Slicing.Pad.class);
    assertEquals(new Slicing.Pad(PadMode.CONSTANT), pad.create(Map.of()));
    assertEquals(new Slicing.Pad(PadMode.REFLECT), pad.create(Map.of("mode", "reflect")));
    assertEquals(Map.of("mode", "edge"), pad.attributesOf(new Slicing.Pad(PadMode.EDGE)));
    assertRefused(
        "ATTR-002",
        "Pad cannot take REFLECT as mode",
        "mode is one of [constant, reflect, edge, wrap]",
        () -> pad.create(Map.of("mode", "REFLECT")));
  }
}
