package dev.sardonyx.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static final Tensor TWO_BY_TWO = Tensor.of(new float[] {1, 2, 3, 4}, 2, 2);

  @Test
  void runsNamedTensors() {
    byte[] model =
        new TinyModel()
            .input("a", ElementType.FLOAT32, "N", 2)
            .input("b", ElementType.FLOAT32, 2, "K")
            .output("product", ElementType.FLOAT32, "N", "K")
            .node("MatMul", "a b", "product")
            .bytes();
    try (Session session = Session.open(model)) {
      assertEquals("{a=float32[N,2], b=float32[2,K]}", session.inputs().toString());
      assertEquals("{product=float32[N,K]}", session.outputs().toString());
      Tensor b = Tensor.of(new float[] {1, 0, 0, 0, 1, 1}, 2, 3);
      Tensor product = session.run(Map.of("a", TWO_BY_TWO, "b", b)).get("product");
      assertEquals("float32[2,3]", product.type().toString());
      assertArrayEquals(new float[] {1, 2, 2, 3, 4, 4}, product.toFloatArray());
    }
  }

  @Test
  void outputsComeInTheOrderAskedFor() {
    byte[] model =
        new TinyModel()
            .input("x", ElementType.FLOAT32, "N", 2)
            .output("sum", ElementType.FLOAT32, "N", 2)
            .output("negative", ElementType.FLOAT32, "N", 2)
            .output("root", ElementType.FLOAT32, "N", 2)
            .node("Add", "x x", "sum")
            .node("Neg", "x", "negative")
            .node("Sqrt", "x", "root")
            .bytes();
    try (Session session = Session.open(model)) {
      Map<String, Tensor> x = Map.of("x", TWO_BY_TWO);
      assertEquals(List.of("sum", "negative", "root"), new ArrayList<>(session.run(x).keySet()));
      Map<String, Tensor> some = session.run(x, List.of("root", "sum", "root"));
      assertEquals(List.of("root", "sum"), new ArrayList<>(some.keySet()));
      assertArrayEquals(new float[] {2, 4, 6, 8}, some.get("sum").toFloatArray());
    }
  }

  @Test
  void resultsStayWhatTheyAre() {
    try (Session session = Session.open(TinyModel.doubling("N", 2))) {
      Tensor first = session.run(Map.of("x", TWO_BY_TWO)).get("y");
      Tensor second = session.run(Map.of("x", Tensor.of(new float[] {7, 8}, 1, 2))).get("y");
      assertNotSame(first, second);
      assertArrayEquals(new float[] {2, 4, 6, 8}, first.toFloatArray());
      assertArrayEquals(new float[] {14, 16}, second.toFloatArray());
    }
  }

  @Test
  void anEmptyBatchGivesAnEmptyResult() {
    try (Session session = Session.open(TinyModel.doubling("N", 3))) {
      Tensor y = session.run(Map.of("x", Tensor.zeros(ElementType.FLOAT32, 0, 3))).get("y");
      assertEquals("float32[0,3]", y.type().toString());
    }
  }

  @Test
  void shapesThatDependOnTheDataAreFound() {
    byte[] model =
        new TinyModel()
            .input("x", ElementType.FLOAT32, "N")
            .output("where", ElementType.INT64, 1, "")
            .node("NonZero", "x", "where")
            .bytes();
    try (Session session = Session.open(model)) {
      Tensor some = session.run(Map.of("x", Tensor.of(new float[] {0, 5, 0, 5}))).get("where");
      assertArrayEquals(new long[] {1, 3}, some.toLongArray());
      Tensor none = session.run(Map.of("x", Tensor.of(new float[] {0, 0}))).get("where");
      assertEquals("int64[1,0]", none.type().toString());
    }
  }

  /** The name says that as many are non-zero as there are elements, which is seldom so. */
  @Test
  void aDeclaredShapeThatIsWrongDoesNoHarm() {
    byte[] model =
        new TinyModel()
            .input("x", ElementType.FLOAT32, "N")
            .output("where", ElementType.INT64, 1, "N")
            .node("NonZero", "x", "where")
            .bytes();
    try (Session session = Session.open(model)) {
      for (int i = 0; i < 2; i++) {
        Tensor where = session.run(Map.of("x", Tensor.of(new float[] {0, 5, 0, 5}))).get("where");
        assertArrayEquals(new long[] {1, 3}, where.toLongArray());
      }
    }
  }

  @Test
  void anOutputMayBeAnInputOrAConstant() {
    byte[] model =
        new TinyModel()
            .input("x", ElementType.FLOAT32, 2)
            .constant("c", Tensor.of(new float[] {5, 6}))
            .output("x", ElementType.FLOAT32, 2)
            .output("c", ElementType.FLOAT32, 2)
            .output("y", ElementType.FLOAT32, 2)
            .node("Add", "x c", "y")
            .bytes();
    try (Session session = Session.open(model)) {
      Map<String, Tensor> all = session.run(Map.of("x", Tensor.of(new float[] {1, 2})));
      assertArrayEquals(new float[] {1, 2}, all.get("x").toFloatArray());
      assertArrayEquals(new float[] {5, 6}, all.get("c").toFloatArray());
      assertArrayEquals(new float[] {6, 8}, all.get("y").toFloatArray());
    }
  }

  @Test
  void aModelMayTakeNothing() {
    byte[] model =
        new TinyModel()
            .constant("c", Tensor.of(new float[] {5, 6}))
            .output("y", ElementType.FLOAT32, 2)
            .node("Neg", "c", "y")
            .bytes();
    try (Session session = Session.open(model)) {
      assertTrue(session.inputs().isEmpty());
      assertArrayEquals(new float[] {-5, -6}, session.run(Map.of()).get("y").toFloatArray());
    }
  }

  @Test
  void readsDimensionsAsTheyAreNamed() {
    byte[] model = TinyModel.doubling("batch size", "2*H+1", "", "floor(3/0)", 7);
    try (Session session = Session.open(model)) {
      assertEquals(
          Shape.of(
              Dim.symbol("batch size"),
              Dim.symbol("H").times(2).plus(1),
              Dim.UNKNOWN,
              Dim.symbol("floor(3/0)"),
              Dim.of(7)),
          session.inputs().get("x").shape());
    }
  }

  @Test
  void metadataIsSorted() {
    byte[] model =
        new TinyModel()
            .input("x", ElementType.FLOAT32, 1)
            .output("y", ElementType.FLOAT32, 1)
            .node("Neg", "x", "y")
            .note("labels", "setosa,versicolor")
            .note("author", "é")
            .bytes();
    try (Session session = Session.open(model)) {
      assertEquals("{author=é, labels=setosa,versicolor}", session.metadata().toString());
    }
  }
}
