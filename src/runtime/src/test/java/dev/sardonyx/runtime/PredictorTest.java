package dev.sardonyx.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PredictorTest {
  @Test
  void batchesOfAnySizeInAnyOrder() {
    try (Session session = Session.open(TinyModel.doubling("N", 3));
        Predictor predictor = Predictor.of(session)) {
      Random random = new Random(1);
      for (int i = 0; i < 200; i++) {
        float[][] rows = new float[random.nextInt(8)][3];
        for (float[] row : rows) {
          for (int c = 0; c < 3; c++) {
            row[c] = random.nextFloat();
          }
        }
        float[][] results = predictor.predict(rows);
        assertEquals(rows.length, results.length);
        for (int r = 0; r < rows.length; r++) {
          for (int c = 0; c < 3; c++) {
            assertEquals(2 * rows[r][c], results[r][c]);
          }
        }
      }
    }
  }

  @Test
  void oneSampleIntoAnArray() {
    try (Session session = Session.open(TinyModel.doubling("N", 2));
        Predictor predictor = Predictor.of(session)) {
      float[] result = new float[2];
      for (int i = 0; i < 5; i++) {
        predictor.predict(new float[] {i, 1}, result);
        assertArrayEquals(new float[] {2 * i, 2}, result);
        assertArrayEquals(new float[] {6, 2 * i}, predictor.predict(3, i));
      }
      Refused.with("RT-032", () -> predictor.predict(new float[2], new float[3]));
    }
  }

  @Test
  void samplesOfHigherRankAreFlat() {
    try (Session session = Session.open(TinyModel.doubling("N", 2, "W"));
        Predictor predictor = Predictor.of(session)) {
      assertArrayEquals(new float[] {2, 4, 6, 8, 10, 12}, predictor.predict(1, 2, 3, 4, 5, 6));
      Refused.with("RT-031", () -> predictor.predict(1, 2, 3));
    }
  }

  @Test
  void resultsAreTheCallersOwn() {
    try (Session session = Session.open(TinyModel.doubling("N", 1));
        Predictor predictor = Predictor.of(session)) {
      Tensor[] results = new Tensor[4];
      for (int i = 0; i < 4; i++) {
        Tensor x = Tensor.of(new float[] {i}, 1, 1);
        results[i] = predictor.run(Map.of("x", x)).get("y");
      }
      for (int i = 0; i < 4; i++) {
        assertArrayEquals(new float[] {2 * i}, results[i].toFloatArray());
      }
    }
  }

  /** The first run says two, which is pinned; the second finds one. */
  @Test
  void shapesThatDependOnTheData() {
    byte[] model =
        new TinyModel()
            .input("x", ElementType.FLOAT32, "N")
            .output("where", ElementType.INT64, 1, "")
            .node("NonZero", "x", "where")
            .bytes();
    try (Session session = Session.open(model);
        Predictor predictor = Predictor.of(session)) {
      float[][] inputs = {{1, 1, 0}, {0, 1, 0}, {1, 0, 1}, {0, 0, 0}};
      long[][] expected = {{0, 1}, {1}, {0, 2}, {}};
      for (int i = 0; i < inputs.length; i++) {
        Tensor where = predictor.run(Map.of("x", Tensor.of(inputs[i]))).get("where");
        assertArrayEquals(expected[i], where.toLongArray());
      }
    }
  }

  @Test
  void aRefusedRunChangesNothing() {
    byte[] model =
        new TinyModel()
            .input("row", ElementType.INT64, "N")
            .constant("table", Tensor.of(new float[] {5, 6, 7}))
            .output("y", ElementType.FLOAT32, "N")
            .node("Gather", "table row", "y")
            .bytes();
    try (Session session = Session.open(model);
        Predictor predictor = Predictor.of(session)) {
      for (long row : new long[] {0, 1, 9, 2, 9, 1}) {
        Map<String, Tensor> input = Map.of("row", Tensor.of(new long[] {row}));
        if (row == 9) {
          Refused.with("RT-023", () -> predictor.run(input));
        } else {
          assertEquals(5 + row, predictor.run(input).get("y").getDouble(0));
        }
      }
    }
  }

  @Test
  void unsuitableModelsAndArrays() {
    byte[] strings =
        new TinyModel()
            .input("x", ElementType.STRING, "N")
            .output("y", ElementType.STRING, "N")
            .node("Identity", "x", "y")
            .bytes();
    try (Session session = Session.open(strings)) {
      Refused.with("RT-030", () -> Predictor.of(session));
    }
    try (Session session = Session.open(TinyModel.doubling(2, 3));
        Predictor predictor = Predictor.of(session)) {
      Refused.with("RT-031", () -> predictor.predict(1, 2, 3));
      Refused.with("RT-031", () -> predictor.predict(new float[][] {{1, 2, 3}, {1, 2}}));
      Refused.with("RT-031", () -> predictor.predict(new float[][] {{1, 2}, {1, 2}}));
      assertArrayEquals(
          new float[][] {{2, 4, 6}, {8, 10, 12}},
          predictor.predict(new float[][] {{1, 2, 3}, {4, 5, 6}}));
      Refused.with(
          "RT-014", () -> predictor.run(Map.of("x", Tensor.zeros(ElementType.FLOAT32, 2, 4))));
    }
    try (Session session = Session.open(TinyModel.doubling("N"));
        Predictor predictor = Predictor.of(session)) {
      Refused.with("RT-034", () -> predictor.predict(1, 2, 3));
    }
    try (Session session = Session.open(TinyModel.doubling("N", "H", "W"));
        Predictor predictor = Predictor.of(session)) {
      Refused.with("RT-034", () -> predictor.predict(1, 2, 3));
    }
    byte[] transposed =
        new TinyModel()
            .input("x", ElementType.FLOAT32, "N", 3)
            .output("y", ElementType.FLOAT32, 3, "N")
            .node("Transpose", "x", "y")
            .bytes();
    try (Session session = Session.open(transposed);
        Predictor predictor = Predictor.of(session)) {
      Refused.with("RT-034", () -> predictor.predict(new float[][] {{1, 2, 3}, {4, 5, 6}}));
    }
  }

  @Test
  void closing() {
    Session session = Session.open(TinyModel.doubling("N", 1));
    Predictor predictor = Predictor.of(session);
    predictor.predict(1);
    predictor.close();
    predictor.close();
    Refused.with("RT-020", () -> predictor.predict(1));
    Predictor other = Predictor.of(session);
    other.predict(1);
    session.close();
    Refused.with("RT-020", () -> other.predict(1));
    other.close();
  }
}
