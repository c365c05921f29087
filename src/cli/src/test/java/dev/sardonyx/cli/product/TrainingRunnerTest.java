package dev.sardonyx.cli.product;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.cli.CaseFiles;
import dev.sardonyx.cli.verify.Case;
import dev.sardonyx.cli.verify.Layout;
import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.cli.verify.Reason;
import dev.sardonyx.cli.verify.Settings;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases of training as they are run: right, wrong, and of what there is not. */
class TrainingRunnerTest {
  @TempDir private Path folder;

  private final Map<String, Tensor> arrays = new LinkedHashMap<>();

  @Test
  void aLossAndItsGradient() {
    arrays.put("y_true", Tensor.of(new float[][] {{0, 0}}));
    arrays.put("y_pred", Tensor.of(new float[][] {{1, 3}}));
    arrays.put("loss", Tensor.scalar(5f));
    arrays.put("gradient", Tensor.of(new float[][] {{1, 3}}));
    passes("losses", described("loss", "MeanSquaredError", ""));
    arrays.put("gradient", Tensor.of(new float[][] {{1, 2}}));
    fails("losses", described("loss", "MeanSquaredError", ""), "gradient: max |diff| 1.0e+00");
    fails("losses", described("loss", "Envy", ""), "[NN-004] there is no loss called Envy");
  }

  @Test
  void aMetricAfterEachBatch() {
    for (int k = 0; k < 2; k++) {
      arrays.put("y_true_" + k, Tensor.of(new float[] {1, 0}));
      arrays.put("y_pred_" + k, Tensor.of(new float[] {k, 0}));
    }
    arrays.put("result_0", Tensor.scalar(0.5f));
    arrays.put("result_1", Tensor.scalar(0.75f));
    passes("metrics", described("metric", "BinaryAccuracy", ""));
    arrays.put("result_1", Tensor.scalar(1f));
    fails("metrics", described("metric", "BinaryAccuracy", ""), "result_1: max");
    fails("metrics", described("metric", "Beauty", ""), "[NN-004] there is no metric called");
  }

  @Test
  void anOptimizerAndItsSlots() {
    arrays.put("v0_0", Tensor.of(new float[] {1}));
    for (int step = 1; step <= 5; step++) {
      arrays.put("g0_" + step, Tensor.of(new float[] {step == 1 ? 1 : 0}));
    }
    arrays.put("v0_1", Tensor.of(new float[] {0.5f}));
    // Momenta are -½, -¼, …: the weight ends at 1 - ½ - ¼ - … - 1/32.
    arrays.put("v0_5", Tensor.of(new float[] {1 / 32f}));
    arrays.put("slot0_5", Tensor.of(new float[] {-1 / 32f}));
    String momentum = "\"learning_rate\": 0.5, \"momentum\": 0.5";
    String sgd = described("optimizer", "SGD", momentum) + ", \"slots\": [\"sgd/v0_momentum\"]";
    passes("optimizers", sgd);
    fails("optimizers", sgd.replace("v0_momentum", "v0_speed"), "there is no slot v0_speed");
    arrays.put("slot0_5", Tensor.of(new float[] {0}));
    fails("optimizers", sgd, "sgd/v0_momentum: max");
    fails(
        "optimizers", described("optimizer", "Hope", ""), "[NN-004] there is no optimizer called");
    fails(
        "optimizers",
        described("optimizer", "SGD", "\"loss_scale_factor\": 2"),
        "[NN-002] option loss_scale_factor is not supported");
  }

  @Test
  void theRatesOfASchedule() {
    arrays.put("steps", Tensor.of(new float[] {0, 2}));
    arrays.put("rates", Tensor.of(new float[] {1, 0.25f}));
    String decay = "\"initial_learning_rate\": 1, \"decay_steps\": 1, \"decay_rate\": 0.5";
    passes("schedules", described("schedule", "ExponentialDecay", decay));
    fails(
        "schedules", described("schedule", "ExponentialDecay", decay.replace("5", "6")), "rates:");
    fails(
        "schedules", described("schedule", "Mood", ""), "there is no learningrateschedule called");
  }

  @Test
  void partsOfLayers() {
    arrays.put("w", Tensor.of(new float[][] {{1, -2}}));
    arrays.put("projected", Tensor.of(new float[][] {{1, 0}}));
    arrays.put("value", Tensor.scalar(0.5f));
    arrays.put("gradient", Tensor.of(new float[][] {{0.2f, -0.4f}}));
    passes("parts", described("constraint", "NonNeg", ""));
    passes("parts", described("regularizer", "L2", "\"l2\": 0.1"));
    fails("parts", described("regularizer", "L2", "\"l2\": 0.2"), "value: max");
    arrays.put("value", Tensor.of(new float[][] {{1, 0}, {0, 1}}));
    passes("parts", described("initializer", "Identity", ""));
    fails("parts", described("initializer", "Ones", ""), "value: max");
    fails("parts", described("initializer", "Luck", ""), "there is no initializer called Luck");
    fails("parts", "\"shape\": [2]", "case.json has no regularizer, constraint or initializer");
  }

  @Test
  void whatACallbackDoes() {
    arrays.put("val_loss", Tensor.of(new float[] {3, 2, 2, 1}));
    String early = "\"callback\": \"EarlyStopping\", \"stopped_at_epoch\": 2";
    String watched = ", \"arguments\": {\"monitor\": \"val_loss\", \"mode\": \"min\"%s}";
    passes("callbacks", early + watched.formatted(""));
    fails(
        "callbacks",
        early.replace("2", "3") + watched.formatted(""),
        "stopped at: expected 3, got 2.0");
    fails(
        "callbacks",
        early + watched.formatted(", \"courage\": 1"),
        "the callback has no argument courage");
    fails(
        "callbacks",
        "\"callback\": \"Nagging\"" + watched.formatted(""),
        "[CLI-024] there is no callback called Nagging");
    arrays.put("learning_rate", Tensor.of(new float[] {1, 1, 0.1f, 0.1f}));
    passes(
        "callbacks",
        "\"callback\": \"ReduceLROnPlateau\"" + watched.formatted(", \"patience\": 1"));
  }

  @Test
  void aWholeModel() {
    String dense =
        "{\"class_name\": \"Sequential\", \"config\": {\"name\": \"m\", \"layers\": ["
            + "{\"class_name\": \"InputLayer\", \"config\": {\"batch_shape\": [null, 1],"
            + " \"dtype\": \"float32\", \"name\": \"x\"}},"
            + "{\"class_name\": \"Dense\", \"config\": {\"name\": \"d\", \"units\": 1,"
            + " \"use_bias\": false}}]}}";
    // y = w·x with w = 1, x = 1, y = 0: the loss is w², its gradient 2·w, and a step halves w.
    Tensor one = Tensor.of(new float[][] {{1}});
    arrays.put("x", one);
    arrays.put("y", Tensor.of(new float[][] {{0}}));
    arrays.put("w0_0", one);
    arrays.put("inference_output", one);
    arrays.put("training_output", one);
    arrays.put("g0_1", Tensor.of(new float[][] {{2}}));
    arrays.put("w0_1", Tensor.of(new float[][] {{0.5f}}));
    arrays.put("w0_5", Tensor.of(new float[][] {{1 / 32f}}));
    arrays.put("losses", Tensor.of(new float[] {1, 1 / 4f, 1 / 16f, 1 / 64f, 1 / 256f}));
    String json =
        described("loss", "MeanSquaredError", "")
            + ", "
            + described("optimizer", "SGD", "\"learning_rate\": 0.25");
    model(dense);
    passes("models", json);
    arrays.put("g0_1", one);
    fails("models", json, "g0_1 d/kernel: max |diff| 1.0e+00");
    model(dense.replace("\"Dense\"", "\"Tense\""));
    fails("models", json, "[NN-095] d (Tense): NN-004 there is no layer called Tense");
  }

  private void model(String architecture) {
    CaseFiles.zip(folder.resolve("case/model.keras"), "config.json", architecture);
  }

  @Test
  void aFamilyThatThereIsNot() {
    fails("rumours", "\"a\": 1", "there is no family of cases called rumours");
  }

  private static String described(String key, String className, String config) {
    return "\"%s\": {\"class_name\": \"%s\", \"config\": {%s}}".formatted(key, className, config);
  }

  private void passes(String family, String json) {
    assertEquals("ok " + family, run(family, json));
  }

  private void fails(String family, String json, String message) {
    String outcome = run(family, json);
    assertTrue(outcome.contains(message), outcome);
  }

  private String run(String family, String json) {
    Path files = folder.resolve("case");
    CaseFiles.training(files, "{\"family\": \"%s\", %s}".formatted(family, json), arrays);
    try {
      Case one = new Case("case", files, Layout.TRAINING);
      return "ok " + new TrainingRunner(Settings.DEFAULT).run(one).message();
    } catch (DiagnosticException e) {
      return Reason.of(e.diagnostic());
    } catch (Mismatch | AssertionError e) {
      return e.getMessage();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
