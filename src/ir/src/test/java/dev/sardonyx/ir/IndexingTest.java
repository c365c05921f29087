package dev.sardonyx.ir;

import static dev.sardonyx.ir.ShapeRules.assertRefused;
import static dev.sardonyx.ir.ShapeRules.longs;
import static dev.sardonyx.ir.ShapeRules.type;
import static dev.sardonyx.ir.ShapeRules.types;
import static dev.sardonyx.ir.ShapeRules.x;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.sardonyx.ir.Indexing.ScatterReduction;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class IndexingTest {
  private static final String SAME = "the two extents must be the same";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # data  | indices | axis | result
          [V,64]  | [N,S]   | 0    | [N,S,64]
          [N,3,4] | [2,5]   | 1    | [N,2,5,4]
          [N,3,4] | []      | -1   | [N,3]
          [?,3]   | [K]     | 0    | [K,3]
          [N,3]   | [*]     | 0    | [*]
          [*]     | [3]     | 0    | [*]
          """)
  void gathers(String data, String indices, long axis, String result) {
    assertEquals(
        "float32" + result,
        x("float32" + data).gather(x("int64" + indices), axis).type().toString());
  }

  @Test
  void gathersContents() {
    Value shape = x("float32[N,3,H]").shapeOf();
    assertEquals(
        List.of(Dim.symbol("H"), Dim.symbol("N")), shape.gather(longs("-1 0"), 0).node().content());
    Value one = shape.gather(Value.constant(Tensor.scalar(1L)), 0);
    assertEquals("int64[]", one.type().toString());
    assertEquals(List.of(Dim.of(3)), one.node().content());
    assertNull(shape.gather(x("int64[]"), 0).node().content());
  }

  @Test
  void refusesIndicesThatAreOutside() {
    Value data = x("float32[N,3]");
    assertRefused(
        "SHAPE-029",
        "Gather has the index 3 into an extent of 3",
        "an index lies between -extent and extent - 1",
        () -> data.gather(longs("0 3"), 1));
    assertRefused(
        "SHAPE-029",
        "Gather has the index -4 into an extent of 3",
        "an index lies between -extent and extent - 1",
        () -> data.gather(longs("-4"), -1));
    assertRefused(
        "TYPE-004",
        "Gather takes int32 or int64 as indices, got float32",
        "cast it to int64",
        () -> data.gather(x("float32[2]"), 0));
    assertRefused(
        "SHAPE-002",
        "Gather has axis 2 for a tensor of rank 2",
        "an axis lies between -rank and rank - 1",
        () -> data.gather(longs("0"), 2));
  }

  @Test
  void gathersElements() {
    Value data = x("float32[N,5]");
    assertEquals("float32[M,2]", data.gatherElements(x("int64[M,2]"), 1).type().toString());
    assertEquals("float32[?,?]", data.gatherElements(x("int64[*]"), 1).type().toString());
    assertEquals("float32[*]", x("float32[*]").gatherElements(x("int64[*]"), 1).type().toString());
    assertRefused(
        "SHAPE-023",
        "GatherElements needs data and indices of one rank, got 2 and 1",
        "every element of indices stands at the place of its result",
        () -> data.gatherElements(x("int64[2]"), 0));
    assertRefused(
        "SHAPE-023",
        "GatherElements has indices of extent 6 on axis 1, where data has 5",
        "except along the indexed axis, indices are no longer than data",
        () -> data.gatherElements(x("int64[2,6]"), 0));
    assertRefused(
        "SHAPE-029",
        "GatherElements has the index 4 into an extent of 3",
        "an index lies between -extent and extent - 1",
        () -> x("float32[3]").gatherElements(longs("4"), 0));
    assertRefused(
        "SHAPE-002",
        "GatherElements has axis 2 for a tensor of rank 2",
        "an axis lies between -rank and rank - 1",
        () -> data.gatherElements(x("int64[2,6]"), 2));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # data  | indices | batch | result
          [2,3,4] | [K,2]   | 0     | [K,4]
          [2,3,4] | [3]     | 0     | []
          [2,3,4] | [5,1]   | 0     | [5,3,4]
          [N,3,4] | [N,7,1] | 1     | [N,7,4]
          [?,3,4] | [N,2]   | 1     | [N]
          [2,3,4] | [5,K]   | 0     | [*]
          [*]     | [5,2]   | 0     | [*]
          """)
  void gathersAtCoordinates(String data, String indices, long batch, String result) {
    Op op = new Gathering.GatherND(batch);
    assertEquals("float32" + result, type(op, x("float32" + data), x("int64" + indices)));
  }

  @Test
  void refusesCoordinatesThatDoNotFit() {
    Value data = x("float32[2,3]");
    Op op = new Gathering.GatherND(0);
    Op batched = new Gathering.GatherND(1);
    assertRefused(
        "SHAPE-031",
        "GatherND has 3 coordinates for 2 axes",
        "the last axis of indices holds one coordinate for every axis it indexes",
        () -> type(op, data, x("int64[5,3]")));
    assertRefused(
        "SHAPE-023",
        "GatherND needs the extents of batch axis 0 to agree, got 2 and 4",
        SAME,
        () -> type(batched, data, x("int64[4,1]")));
    assertRefused(
        "SHAPE-031",
        "GatherND needs tensors of more than 1 axes",
        "after the batch axes there is at least one axis to index",
        () -> type(batched, x("float32[2]"), x("int64[2,1]")));
    assertRefused(
        "ATTR-004",
        "GatherND cannot take -1 as batch_dims",
        "it is 0 or more",
        () -> type(new Gathering.GatherND(-1), data, x("int64[2,1]")));
    assertRefused(
        "TYPE-004",
        "GatherND takes int64 as indices, got int32",
        "cast it to int64",
        () -> type(op, data, x("int32[5,1]")));
  }

  @ParameterizedTest
  @EnumSource(ScatterReduction.class)
  void scattersIntoTheDatasShape(ScatterReduction reduction) {
    Value data = x("float32[N,5]");
    Value into = data.scatterElements(x("int64[M,2]"), x("float32[M,2]"), 1, reduction);
    assertEquals(data.type(), into.type());
    Op slices = new Scattering.ScatterND(reduction);
    assertEquals("float32[N,5]", type(slices, data, x("int64[K,1]"), x("float32[K,5]")));
    assertEquals("float32[N,5]", type(slices, data, x("int64[*]"), x("float32[*]")));
    OpSchema schema = OpSchema.of(slices);
    String name = reduction.name().toLowerCase(Locale.ROOT);
    assertEquals(slices, schema.create(Map.of("reduction", name)));
  }

  @Test
  void refusesUpdatesThatDoNotFit() {
    Value data = x("float32[N,5]");
    Op elements = new Scattering.ScatterElements(0, ScatterReduction.ADD);
    Op slices = new Scattering.ScatterND(ScatterReduction.NONE);
    assertRefused(
        "SHAPE-023",
        "ScatterElements needs updates and places on axis 1 to agree, got 2 and 3",
        SAME,
        () -> type(elements, data, x("int64[1,2]"), x("float32[1,3]")));
    assertRefused(
        "SHAPE-023",
        "ScatterND needs updates of the shape [3,5], got [3]",
        "there is one update for every place that is written",
        () -> type(slices, data, x("int64[3,1]"), x("float32[3]")));
    assertRefused(
        "TYPE-002",
        "ScatterND needs data and updates of one element type, got float32 and float64",
        "cast one of them; ONNX converts nothing by itself",
        () -> type(slices, data, x("int64[3,1]"), x("float64[3,5]")));
    assertRefused(
        "SHAPE-002",
        "ScatterElements has axis -3 for a tensor of rank 2",
        "an axis lies between -rank and rank - 1",
        () -> data.scatterElements(x("int64[1,2]"), x("float32[1,2]"), -3, ScatterReduction.ADD));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [N]   | -1 | [N,10]
          [N]   | 0  | [10,N]
          [N,3] | 1  | [N,10,3]
          [N,3] | -3 | [10,N,3]
          []    | 0  | [10]
          [*]   | 0  | [*]
          """)
  void encodesOneHot(String indices, long axis, String result) {
    Value hot = x("int64" + indices).oneHot(10, ElementType.FLOAT32, axis);
    assertEquals("float32" + result, hot.type().toString());
  }

  @Test
  void encodesOneHotToWhatIsComputed() {
    Op op = new Selection.OneHot(-1);
    Value values = Value.constant(Tensor.of(new float[] {0, 1}));
    Value depth = x("float32[C,2]").shapeOf().gather(Value.constant(Tensor.scalar(0L)), 0);
    assertEquals("float32[N,C]", type(op, x("int64[N]"), depth, values));
    Value three = Value.constant(Tensor.scalar(3f));
    assertEquals("float32[N,3]", type(op, x("int64[N]"), three, values));
    assertEquals("float32[N,?]", type(op, x("int64[N]"), x("int64[1]"), values));
  }

  @Test
  void refusesWhatIsNoEncoding() {
    Op op = new Selection.OneHot(-1);
    Value depth = longs("3");
    assertRefused(
        "SHAPE-024",
        "OneHot takes two values, off and on, got the shape [3]",
        "give values of the shape [2]",
        () -> type(op, x("int64[N]"), depth, x("float32[3]")));
    assertRefused(
        "SHAPE-027",
        "OneHot takes no negative numbers as depth, got -1",
        "extents and counts are 0 or more",
        () -> type(op, x("int64[N]"), longs("-1"), x("float32[2]")));
    assertRefused(
        "TYPE-003",
        "OneHot takes no bool as depth",
        "cast it: depth may be float32, uint8, int8, uint16, int16, int32, int64, float16, float64,"
            + " uint32 or uint64",
        () -> type(op, x("int64[N]"), x("bool[]"), x("float32[2]")));
    assertRefused(
        "SHAPE-002",
        "OneHot has axis 2 for a tensor of rank 2",
        "an axis lies between -rank and rank - 1",
        () -> x("int64[N]").oneHot(3, ElementType.FLOAT32, 2));
  }

  @Test
  void findsWhatIsNotZero() {
    assertEquals("int64[2,?]", type(new Selection.NonZero(), x("bool[N,3]")));
    assertEquals("int64[?,?]", type(new Selection.NonZero(), x("float32[*]")));
    assertEquals("int64[?,?]", type(new Selection.NonZero(), x("float32[]")));
  }

  @Test
  void findsTheGreatest() {
    Op op = new Selection.TopK(-1, true, true);
    assertEquals(List.of("float32[N,2]", "int64[N,2]"), types(op, x("float32[N,5]"), longs("2")));
    assertEquals(
        List.of("float32[N,?]", "int64[N,?]"), types(op, x("float32[N,5]"), x("int64[1]")));
    assertEquals(List.of("float32[*]", "int64[*]"), types(op, x("float32[*]"), longs("2")));
    assertRefused(
        "SHAPE-033",
        "TopK wants 6 elements of an axis of extent 5",
        "K is at most the extent of the axis",
        () -> types(op, x("float32[N,5]"), longs("6")));
    assertRefused(
        "SHAPE-027",
        "TopK takes no negative numbers as K, got -1",
        "extents and counts are 0 or more",
        () -> types(op, x("float32[N,5]"), longs("-1")));
    assertRefused(
        "SHAPE-024",
        "TopK needs a vector of length 1 as K, got 2",
        "its length goes with the axes it is for",
        () -> types(op, x("float32[N,5]"), longs("1 2")));
    assertRefused(
        "SHAPE-020",
        "TopK takes a vector as K, got rank 0",
        "give it the shape [n]",
        () -> types(op, x("float32[N,5]"), x("int64[]")));
  }
}
