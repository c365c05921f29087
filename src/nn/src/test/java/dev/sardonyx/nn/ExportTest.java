package dev.sardonyx.nn;

import static dev.sardonyx.nn.losses.SparseCategoricalCrossentropy.sparseCategoricalCrossentropy;
import static dev.sardonyx.nn.optimizers.Adam.adam;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.runtime.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exported files, run by the runtime alone. */
class ExportTest {
  private final Blobs blobs = new Blobs(30);

  private static Model compiled() {
    Model model = Blobs.network().seed(2);
    model.compile(adam(0.02), sparseCategoricalCrossentropy());
    return model;
  }

  @Test
  void theInferenceFileGivesThePredictions(@TempDir Path folder) {
    Path file = folder.resolve("model.onnx");
    try (Model model = compiled()) {
      model.export(file);
      try (Session session = Session.open(file)) {
        assertEquals(
            model.predict(List.of(blobs.x), 30).get(0),
            session.run(Map.of("input_layer", blobs.x)).get("dense_1"));
      }
    }
  }

  @Test
  void theStepFileTakesTheStepsOfTrainOnBatch(@TempDir Path folder) {
    try (Model model = compiled()) {
      model.exportTraining(folder);
      Map<String, Tensor> state = Safetensors.read(folder.resolve("checkpoint.safetensors"));
      try (Session step = Session.open(folder.resolve("train_step.onnx"))) {
        for (int i = 0; i < 3; i++) {
          Map<String, Tensor> feeds = new LinkedHashMap<>(state);
          feeds.put("input_layer", blobs.x);
          feeds.put("target", blobs.y);
          feeds.put("learning_rate", Tensor.scalar(0.02f));
          feeds.put("random_key", Tensor.scalar(2L));
          Map<String, Tensor> results = step.run(feeds);
          double loss = model.trainOnBatch(blobs.x, blobs.y).get("loss");
          assertEquals(loss, results.get("loss").getDouble(0), 1e-6);
          state.replaceAll((name, old) -> results.get(name + ":new"));
        }
      }
      Map<String, Tensor> weights = model.weightValues();
      weights.forEach((name, tensor) -> assertEquals(tensor, state.get(name), name));
      assertEquals(3, state.get("step").getLong(0));
    }
  }

  @Test
  void gradientsPointDownhill(@TempDir Path folder) {
    try (Model model = compiled()) {
      model.exportTraining(folder);
      Map<String, Tensor> feeds = new LinkedHashMap<>(model.weightValues());
      feeds.put("input_layer", blobs.x);
      feeds.put("target", blobs.y);
      try (Session eval = Session.open(folder.resolve("eval_step.onnx"));
          Session gradients = Session.open(folder.resolve("gradients.onnx"))) {
        double before = eval.run(feeds).get("loss").getDouble(0);
        Map<String, Tensor> more = new LinkedHashMap<>(feeds);
        more.put("step", Tensor.scalar(0L));
        more.put("random_key", Tensor.scalar(2L));
        Tensor bias = gradients.run(more).get("gradient(dense_1/bias)");
        float[] moved = new float[3];
        for (int i = 0; i < 3; i++) {
          moved[i] = (float) (feeds.get("dense_1/bias").getDouble(i) - 0.1 * bias.getDouble(i));
        }
        feeds.put("dense_1/bias", Tensor.of(moved));
        assertTrue(eval.run(feeds).get("loss").getDouble(0) < before);
      }
    }
  }

  @Test
  void theSameModelGivesTheSameFiles(@TempDir Path folder) throws IOException {
    for (String run : List.of("a", "b")) {
      try (Model model = compiled()) {
        model.exportTraining(folder.resolve(run));
        model.fit(blobs.x, blobs.y, Fit.epochs(2).verbosity(Fit.Verbosity.SILENT));
        model.export(folder.resolve(run).resolve("model.onnx"));
      }
    }
    for (String file :
        List.of(
            "model.onnx",
            "train_step.onnx",
            "gradients.onnx",
            "eval_step.onnx",
            "checkpoint.safetensors")) {
      Path a = folder.resolve("a").resolve(file);
      assertEquals(-1, Files.mismatch(a, folder.resolve("b").resolve(file)), file);
    }
  }
}
