package dev.sardonyx.ir;

import static dev.sardonyx.ir.ShapeRules.assertRefused;
import static dev.sardonyx.ir.ShapeRules.longs;
import static dev.sardonyx.ir.ShapeRules.numbers;
import static dev.sardonyx.ir.ShapeRules.type;
import static dev.sardonyx.ir.ShapeRules.x;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # x         | shape   | result
          [2,3,4]     | 4 6     | [4,6]
          [2,3,4]     | 0 -1    | [2,12]
          [2,3,4]     | 0 0 2 2 | [2,3,2,2]
          [N,4,4]     | -1 16   | [N,16]
          [N,4,4]     | 0 -1    | [N,16]
          [N,4,4]     | -1      | [16*N]
          [N,4,4]     | -1 8    | [2*N,8]
          [N,5]       | 3 -1    | [3,floor((5*N)/3)]
          [?,4]       | 0 -1    | [?,4]
          [?,4]       | -1 2    | [?,2]
          [*]         | 3 -1    | [3,?]
          [*]         | 0 4     | [?,4]
          [0,3]       | -1 3    | [0,3]
          []          | 1 1     | [1,1]
          [1,1]       | -       | []
          """)
  void reshapes(String shape, String dims, String result) {
    assertEquals(Shape.parse(result), x("float32" + shape).reshape(numbers(dims)).shape());
  }

  @Test
  void zeroIsAnExtentWithAllowzero() {
    Op op = new Layout.Reshape(true);
    assertEquals("float32[3,0]", type(op, x("float32[0,7]"), longs("3 0")));
    assertRefused(
        "SHAPE-022",
        "Reshape cannot give [0,7] the shape [0,-1]",
        "beside an extent of 0 the value of -1 is not determined",
        () -> type(op, x("float32[0,7]"), longs("0 -1")));
  }

  @Test
  void takesTheShapeFromWhatIsComputed() {
    Value image = x("float32[N,3,8,8]");
    Value rows = Value.concat(0, image.shapeOf().slice(0, 0, 1), Value.longs(-1));
    assertEquals("float32[N,192]", image.reshape(rows).type().toString());
    Value all = image.shapeOf().prod(true, 0);
    assertEquals("float32[192*N]", image.reshape(all).type().toString());
    assertEquals("float32[?,?]", image.reshape(x("int64[2]")).type().toString());
    assertEquals("float32[*]", image.reshape(x("int64[K]")).type().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [2,3]   | 4 -1   | 6 elements cannot be divided into groups of 4
          [2,3]   | -1 -1  | -1 may stand at one place only
          [2,3]   | 7      | 6 elements do not fill 7
          [N,3]   | 0 3 0  | 0 keeps an extent of the input, which has no axis 2
          [2,3]   | -2 3   | an extent is 0 or more, or -1 for what is left over
          """)
  void refusesShapesThatDoNotFit(String shape, String dims, String help) {
    String wanted = Arrays.toString(numbers(dims)).replace(" ", "");
    assertRefused(
        "SHAPE-022",
        "Reshape cannot give %s the shape %s".formatted(shape, wanted),
        help,
        () -> x("float32" + shape).reshape(numbers(dims)));
  }

  @Test
  void refusesASymbolicSizeThatIsCertainlyAnother() {
    Value next = x("float32[N,3]");
    Value shape = Value.concat(0, next.shapeOf().slice(0, 0, 1).add(longs("1")), longs("3"));
    assertRefused(
        "SHAPE-022",
        "Reshape cannot give [N,3] the shape [N+1,3]",
        "3*N elements do not fill 3*N+3",
        () -> next.reshape(shape));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [N,3,4] | 2 0 1 | [4,N,3]
          [N,3,4] | -     | [4,3,N]
          [*]     | 1 0   | [?,?]
          [*]     | -     | [*]
          []      | -     | []
          """)
  void transposes(String shape, String perm, String result) {
    assertEquals(
        "float32" + result, x("float32" + shape).transpose(numbers(perm)).type().toString());
  }

  @Test
  void refusesWhatIsNoPermutation() {
    assertRefused(
        "ATTR-004",
        "Transpose cannot take [0, 0] as perm",
        "perm lists every axis from 0 on exactly once",
        () -> x("float32[2,3]").transpose(0, 0));
    assertRefused(
        "ATTR-040",
        "Transpose has a perm of 2 axes for a tensor of rank 3",
        "perm lists every axis exactly once",
        () -> x("float32[2,3,4]").transpose(1, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [1,N,1] | 0 -1 | [N]
          [1,N,1] | 2    | [1,N]
          [1,3,1] | -    | [3]
          [1,N,1] | -    | [*]
          [M,3]   | 0    | [3]
          [*]     | 0    | [*]
          """)
  void squeezes(String shape, String axes, String result) {
    assertEquals("float32" + result, x("float32" + shape).squeeze(numbers(axes)).type().toString());
  }

  @Test
  void squeezesAxesThatAreData() {
    Op op = new Layout.Squeeze();
    assertEquals("float32[?]", type(op, x("float32[N,1,1]"), x("int64[2]")));
    assertEquals("float32[*]", type(op, x("float32[N,1,1]"), x("int64[?]")));
    assertRefused(
        "SHAPE-021",
        "Squeeze names 2 axes of a tensor of rank 1",
        "list every axis at most once",
        () -> type(op, x("float32[1]"), x("int64[2]")));
  }

  @Test
  void refusesToSqueezeWhatIsNotOne() {
    assertRefused(
        "SHAPE-025",
        "Squeeze cannot remove axis 1, whose extent is 3",
        "only axes of extent 1 can be removed; sum or slice the axis first",
        () -> x("float32[1,3]").squeeze(-1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [N,3] | 0    | [1,N,3]
          [N,3] | 1 -1 | [N,1,3,1]
          [N,3] | 3 0  | [1,N,3,1]
          []    | 0    | [1]
          [*]   | 0    | [*]
          """)
  void unsqueezes(String shape, String axes, String result) {
    assertEquals(
        "float32" + result, x("float32" + shape).unsqueeze(numbers(axes)).type().toString());
  }

  @Test
  void countsUnsqueezedAxesInTheResult() {
    assertEquals("float32[?,?,?]", type(new Layout.Unsqueeze(), x("float32[N,3]"), x("int64[1]")));
    assertRefused(
        "SHAPE-002",
        "Unsqueeze has axis 3 for a tensor of rank 3",
        "an axis lies between -rank and rank - 1",
        () -> x("float32[N,3]").unsqueeze(3));
    assertRefused(
        "SHAPE-021",
        "Unsqueeze names axis 0 twice",
        "list every axis at most once",
        () -> x("float32[N,3]").unsqueeze(0, -4));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [N,3,4] | 1  | [N,12]
          [N,3,4] | 0  | [1,12*N]
          [N,3,4] | 3  | [12*N,1]
          [N,3,4] | -1 | [3*N,4]
          [?,3,4] | 1  | [?,12]
          []      | 0  | [1,1]
          [*]     | 1  | [?,?]
          """)
  void flattens(String shape, long axis, String result) {
    assertEquals("float32" + result, x("float32" + shape).flatten(axis).type().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          [3,1] | 2 1 4 | [2,3,4]
          [N,1] | 1 5   | [N,5]
          [N]   | 7     | [7]
          [3]   | -     | [3]
          [*]   | 3     | [*]
          """)
  void expands(String shape, String dims, String result) {
    assertEquals("float32" + result, x("float32" + shape).expand(numbers(dims)).type().toString());
  }

  @Test
  void expandsToWhatIsComputed() {
    Value row = x("float32[1,3]");
    assertEquals("float32[N,3]", row.expand(x("float32[N,1]").shapeOf()).type().toString());
    assertEquals("float32[?,3]", row.expand(x("int64[2]")).type().toString());
    assertEquals("float32[*]", row.expand(x("int64[*]")).type().toString());
    assertRefused(
        "SHAPE-003",
        "Expand cannot broadcast 3 against 2",
        "aligned from the right, two dimensions must be equal or one of them 1",
        () -> row.expand(2));
    assertRefused(
        "SHAPE-027",
        "Expand takes no negative numbers as shape, got -1",
        "extents and counts are 0 or more",
        () -> row.expand(-1, 3));
  }

  @Test
  void tiles() {
    assertEquals("float32[2*N,9]", x("float32[N,3]").tile(2, 3).type().toString());
    assertEquals("float32[?,?]", type(new Layout.Tile(), x("float32[N,3]"), x("int64[2]")));
    assertEquals("float32[?,?]", type(new Layout.Tile(), x("float32[*]"), x("int64[2]")));
    assertRefused(
        "SHAPE-024",
        "Tile needs a vector of length 2 as repeats, got 1",
        "its length goes with the axes it is for",
        () -> x("float32[N,3]").tile(2));
    assertRefused(
        "SHAPE-027",
        "Tile takes no negative numbers as repeats, got -1",
        "extents and counts are 0 or more",
        () -> x("float32[3]").tile(-1));
  }

  @Test
  void carriesContentsThrough() {
    Value shape = x("float32[N,3]").shapeOf();
    Dim n = Dim.symbol("N");
    Dim three = Dim.of(3);
    assertEquals(List.of(n, three), shape.reshape(-1).node().content());
    assertNull(shape.reshape(1, 2).node().content());
    assertEquals(List.of(n), shape.slice(0, 0, 1).squeeze(0).node().content());
    assertEquals(List.of(n), shape.slice(0, 0, 1).squeeze(0).unsqueeze(0).node().content());
    assertNull(shape.unsqueeze(0).node().content());
    assertEquals(List.of(n, three, n, three), shape.tile(2).node().content());
    assertEquals(List.of(n, n), shape.slice(0, 0, 1).expand(2).node().content());
    assertEquals(List.of(n, three), shape.expand(1).node().content());
  }

  @Test
  void likenessNeedsNoArithmeticWhereShapesTell() {
    Value flat = x("float32[N,16]");
    Value image = x("float32[N,4,4]");
    assertEquals(List.of(Dim.of(-1), Dim.of(4), Dim.of(4)), shapeGiven(flat.reshapeLike(image)));
    Value two = x("float32[N,M,6]");
    Value three = x("float32[N,M,2,3]");
    assertEquals(
        List.of(Dim.of(0), Dim.of(0), Dim.of(2), Dim.of(3)), shapeGiven(two.reshapeLike(three)));
    assertEquals(
        List.of(Dim.ONE, Dim.of(4)), shapeGiven(x("float32[N,1]").expandLike(x("float32[N,4]"))));
    assertSame(flat, flat.reshapeLike(x("float32[N,16]")));
    assertSame(flat, flat.expandLike(x("float32[N,16]")));
  }

  private static List<Dim> shapeGiven(Value reshaped) {
    Value shape = reshaped.node().input(1);
    assertNotNull(shape.constant());
    return shape.node().content();
  }
}
