package dev.sardonyx.ir.type;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeTest {
  @ParameterizedTest
  @ValueSource(
      strings = {"[]", "[*]", "[N,3,28,28]", "[?]", "[max(M,N),floor((N+1)/2)]", "['a, b',2]"})
  void isReadAsItIsWritten(String text) {
    assertEquals(text, Shape.parse(text).toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "N", "[", "[3", "3]", "[1,]", "[a b]", "[1;2]", "[floor(1/0)]"})
  void refusesWhatIsNoShape(String text) {
    assertThrows(IllegalArgumentException.class, () -> Shape.parse(text));
  }

  @Test
  void countsElements() {
    assertEquals(Dim.parse("6*N"), Shape.parse("[2,N,3]").size());
    assertEquals(Dim.ONE, Shape.SCALAR.size());
    assertEquals(Dim.UNKNOWN, Shape.parse("[?,3]").size());
    assertEquals(Dim.of(0), Shape.parse("[?,0]").size());
    assertEquals(Dim.UNKNOWN, Shape.UNRANKED.size());
  }

  @Test
  void countsAxesFromEitherEnd() {
    Shape shape = Shape.parse("[N,3,4]");
    assertEquals(Dim.of(4), shape.dim(-1));
    assertEquals(Dim.symbol("N"), shape.dim(0));
    assertEquals(Shape.parse("[N,3,5]"), shape.with(-1, Dim.of(5)));
    assertThrows(IllegalStateException.class, Shape.UNRANKED::rank);
  }

  @Test
  void knowsWhatIsFixedAndWhatIsTheSame() {
    assertArrayEquals(new long[] {2, 3}, Shape.of(2, 3).fixed());
    assertFalse(Shape.parse("[N]").isFixed());
    assertFalse(Shape.UNRANKED.isFixed());
    assertTrue(Shape.parse("[N,3]").provablySame(Shape.parse("[N,3]")));
    assertFalse(Shape.parse("[?]").provablySame(Shape.parse("[?]")));
    assertFalse(Shape.UNRANKED.provablySame(Shape.UNRANKED));
    assertNotEquals(Shape.SCALAR, Shape.UNRANKED);
  }

  @Test
  void typesAreReadAsTheyAreWritten() {
    TensorType type = TensorType.parse("float32[N,3]");
    assertEquals(TensorType.of(ElementType.FLOAT32, Dim.symbol("N"), Dim.of(3)), type);
    assertEquals("float32[N,3]", type.toString());
    assertThrows(IllegalArgumentException.class, () -> TensorType.parse("float32"));
    assertThrows(IllegalArgumentException.class, () -> TensorType.parse("float33[]"));
  }
}
