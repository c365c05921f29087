package dev.sardonyx.nn;

import static dev.sardonyx.nn.Fit.epochs;
import static dev.sardonyx.nn.layers.Dense.dense;
import static dev.sardonyx.nn.layers.Input.input;
import static dev.sardonyx.nn.losses.MeanSquaredError.meanSquaredError;
import static dev.sardonyx.nn.losses.SparseCategoricalCrossentropy.sparseCategoricalCrossentropy;
import static dev.sardonyx.nn.metrics.SparseCategoricalAccuracy.sparseCategoricalAccuracy;
import static dev.sardonyx.nn.optimizers.Adam.adam;
import static dev.sardonyx.nn.optimizers.SGD.sgd;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Fit.Verbosity;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class FitTest {
  private final Blobs blobs = new Blobs(90);

  private static Fit quietly(int epochs) {
    return epochs(epochs).batchSize(20).verbosity(Verbosity.SILENT);
  }

  private static Model compiled(long seed) {
    Model model = Blobs.network().seed(seed);
    model.compile(adam(0.02), sparseCategoricalCrossentropy(), sparseCategoricalAccuracy());
    return model;
  }

  @Test
  void learnsToTellBlobsApart() {
    try (Model model = compiled(0)) {
      History history = model.fit(blobs.x, blobs.y, quietly(40));
      assertEquals(40, history.epochs().size());
      assertTrue(history.last("loss") < 0.3 * history.series().get("loss").get(0));
      Map<String, Double> test = model.evaluate(blobs.x, blobs.y);
      assertEquals(Set.of("loss", "sparse_categorical_accuracy"), test.keySet());
      assertTrue(test.get("sparse_categorical_accuracy") > 0.98, test::toString);
    }
  }

  @Test
  void fitsALine() {
    float[] x = {0, 1, 2, 3, 4, 5};
    float[] y = {1, 3, 5, 7, 9, 11};
    try (Model model = Sequential.of(input(1), dense(1))) {
      model.compile(sgd(0.05), meanSquaredError());
      model.fit(Tensor.of(x, 6, 1), Tensor.of(y), quietly(400));
      assertEquals(21, model.predict(Tensor.of(new float[] {10}, 1, 1)).getDouble(0), 0.01);
    }
  }

  @Test
  void theSameSeedGivesTheSameBytes() {
    try (Model a = compiled(3);
        Model b = compiled(3);
        Model c = compiled(4)) {
      a.fit(blobs.x, blobs.y, quietly(3));
      b.fit(blobs.x, blobs.y, quietly(3));
      c.fit(blobs.x, blobs.y, quietly(3));
      assertEquals(a.weightValues(), b.weightValues());
      assertNotEquals(a.weightValues(), c.weightValues());
    }
  }

  @Test
  void savingInTheMiddleChangesNothing(@TempDir Path folder) {
    Path file = folder.resolve("model.sardonyx");
    try (Model whole = compiled(3);
        Model half = compiled(3)) {
      whole.fit(blobs.x, blobs.y, quietly(4));
      half.fit(blobs.x, blobs.y, quietly(2));
      half.save(file);
    }
    try (Model whole = compiled(3);
        Model rest = Model.load(file)) {
      whole.fit(blobs.x, blobs.y, quietly(4));
      rest.fit(blobs.x, blobs.y, quietly(4).initialEpoch(2));
      assertEquals(whole.weightValues(), rest.weightValues());
    }
  }

  @Test
  void validatesOnTheSamplesHeldBack() {
    try (Model split = compiled(0);
        Model given = compiled(0)) {
      History a = split.fit(blobs.x, blobs.y, quietly(2).validationSplit(0.2));
      History b =
          given.fit(
              blobs.x.rows(0, 72),
              blobs.y.rows(0, 72),
              quietly(2).validationData(blobs.x.rows(72, 90), blobs.y.rows(72, 90)));
      assertEquals(
          Set.of(
              "loss", "sparse_categorical_accuracy", "val_loss", "val_sparse_categorical_accuracy"),
          a.series().keySet());
      assertEquals(a, b);
    }
  }

  @Test
  void classWeightsAreSampleWeights() {
    float[] weights = new float[90];
    for (int i = 0; i < 90; i++) {
      weights[i] = i % 3 == 1 ? 4 : 1;
    }
    try (Model byClass = compiled(0);
        Model bySample = compiled(0);
        Model plain = compiled(0)) {
      byClass.fit(blobs.x, blobs.y, quietly(2).classWeight(Map.of(1, 4)));
      bySample.fit(blobs.x, blobs.y, quietly(2).sampleWeight(Tensor.of(weights)));
      plain.fit(blobs.x, blobs.y, quietly(2));
      assertEquals(byClass.weightValues(), bySample.weightValues());
      assertNotEquals(byClass.weightValues(), plain.weightValues());
    }
  }

  @Test
  void aFrozenLayerStays() {
    try (Model model = Blobs.network()) {
      model.layer("dense").trainable(false);
      model.compile(adam(0.02), sparseCategoricalCrossentropy());
      Map<String, Tensor> before = model.weightValues();
      model.fit(blobs.x, blobs.y, quietly(1));
      Map<String, Tensor> after = model.weightValues();
      assertEquals(before.get("dense/kernel"), after.get("dense/kernel"));
      assertNotEquals(before.get("dense_1/kernel"), after.get("dense_1/kernel"));
    }
  }

  @Test
  void aLossThatIsNoNumberIsRefusedBeforeTheWeightsAre() {
    try (Model model = Sequential.of(input(1), dense(1))) {
      model.compile(sgd(1e30), meanSquaredError());
      Tensor x = Tensor.of(new float[] {1, 2, 3, 4}, 4, 1);
      DiagnosticException refused =
          assertThrows(
              DiagnosticException.class,
              () -> model.fit(x, x, epochs(9).batchSize(1).verbosity(Verbosity.SILENT)));
      assertEquals("NN-076", refused.diagnostic().code());
      assertTrue(refused.diagnostic().at().file().equals("FitTest.java"), refused.getMessage());
      for (Tensor weight : model.weightValues().values()) {
        assertTrue(Double.isFinite(weight.getDouble(0)), weight::toString);
      }
    }
  }

  @Test
  void trainOnBatchIsOneStepOfFit() {
    try (Model steps = compiled(1);
        Model fitted = compiled(1)) {
      Map<String, Double> logs = steps.trainOnBatch(blobs.x, blobs.y);
      History history =
          fitted.fit(
              blobs.x, blobs.y, epochs(1).batchSize(90).shuffle(false).verbosity(Verbosity.SILENT));
      assertEquals(history.last("loss"), logs.get("loss"));
      assertEquals(steps.weightValues(), fitted.weightValues());
    }
  }

  @Test
  void weightsSetBetweenFitsCount() {
    try (Model model = compiled(1);
        Model fresh = compiled(1)) {
      Map<String, Tensor> first = model.weightValues();
      model.fit(blobs.x, blobs.y, quietly(1));
      model.setWeights(first);
      assertEquals(fresh.predict(blobs.x), model.predict(blobs.x));
      model.fit(blobs.x, blobs.y, quietly(1));
      assertNotEquals(first, model.weightValues());
    }
  }

  @Test
  void dataOfTheWrongShapeAreRefused() {
    try (Model model = compiled(0)) {
      Tensor wide = Tensor.of(new float[9], 3, 3);
      Tensor labels = Tensor.of(new long[] {0, 1, 2});
      assertCode("NN-071", () -> model.fit(wide, labels));
      assertCode("NN-073", () -> model.fit(blobs.x, labels));
      assertCode("NN-070", () -> model.fit(List.of(blobs.x, wide), List.of(labels), epochs(1)));
      assertCode("NN-077", () -> model.fit(blobs.x.rows(0, 0), blobs.y.rows(0, 0)));
      assertCode(
          "NN-073",
          () -> model.fit(blobs.x, blobs.y, epochs(1).sampleWeight(Tensor.of(new float[2]))));
      assertCode(
          "NN-073",
          () -> model.evaluate(List.of(blobs.x), List.of(blobs.y), Tensor.of(new float[2]), 32));
      assertCode("NN-067", () -> Blobs.network().fit(blobs.x, blobs.y));
    }
  }

  private static void assertCode(String code, Executable work) {
    DiagnosticException refused = assertThrows(DiagnosticException.class, work);
    assertEquals(code, refused.diagnostic().code(), refused.getMessage());
    assertEquals("FitTest.java", refused.diagnostic().at().file(), refused.getMessage());
  }
}
