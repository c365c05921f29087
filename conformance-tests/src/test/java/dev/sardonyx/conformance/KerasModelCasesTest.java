package dev.sardonyx.conformance;

import static dev.sardonyx.conformance.Close.assertClose;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sardonyx.cli.product.KerasCallbacks;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Fit;
import dev.sardonyx.nn.Fit.Verbosity;
import dev.sardonyx.nn.History;
import dev.sardonyx.nn.Model;
import dev.sardonyx.runtime.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Whole models as Keras trains them: predictions, gradients, steps, and calls of fit. */
class KerasModelCasesTest {
  @TempDir static Path folder;

  @TestFactory
  Stream<DynamicTest> models() {
    return KerasCase.all("models").stream()
        .flatMap(
            c ->
                Stream.of(
                    dynamicTest(c + " predicts", () -> predicts(c)),
                    dynamicTest(c + " gradients", () -> gradients(c)),
                    dynamicTest(c + " trains", () -> trains(c)),
                    dynamicTest(c + " saved and loaded", () -> trainsOnAfterLoading(c))));
  }

  private static void predicts(KerasCase c) {
    try (Model model = KerasModels.compiled(c)) {
      assertEquals(c.list("inputs"), model.inputNames());
      assertEquals(c.list("weights").size(), model.weightValues().size());
      List<Tensor> outputs = model.predict(c.arrays("x"), 4);
      for (int i = 0; i < outputs.size(); i++) {
        assertClose(
            "output " + i, c.array("inference_output_" + i), outputs.get(i), c.number("tolerance"));
      }
    }
  }

  /** The exported file of gradients, which any runtime can run. */
  private static void gradients(KerasCase c) throws IOException {
    Path files = Files.createTempDirectory(folder, c.name());
    try (Model model = KerasModels.compiled(c)) {
      model.exportTraining(files);
      Map<String, Tensor> feeds = new LinkedHashMap<>(model.weightValues());
      List<String> names = model.inputNames();
      for (int i = 0; i < names.size(); i++) {
        feeds.put(names.get(i), c.array("x_" + i));
      }
      try (Session session = Session.open(files.resolve("gradients.onnx"))) {
        targets(c, model, session).forEach(feeds::put);
        feeds.keySet().retainAll(session.inputs().keySet());
        Map<String, Tensor> results = session.run(feeds);
        List<String> trainable =
            results.keySet().stream().filter(n -> n.startsWith("gradient(")).toList();
        assertEquals(c.list("trainable").size(), trainable.size());
        int k = 0;
        for (String name : model.weightValues().keySet()) {
          Tensor gradient = results.get("gradient(" + name + ")");
          if (gradient != null) {
            assertClose(name, c.array("g%d_1".formatted(k++)), gradient, c.number("tolerance"));
          }
        }
      }
    }
  }

  private static Map<String, Tensor> targets(KerasCase c, Model model, Session session) {
    Map<String, Tensor> targets = new LinkedHashMap<>();
    List<String> outputs = model.outputNames();
    for (int i = 0; i < outputs.size(); i++) {
      String name = outputs.size() == 1 ? "target" : outputs.get(i) + "_target";
      Tensor y = c.array("y_" + i);
      targets.put(
          name, Tensor.from(session.inputs().get(name).element(), y.toDoubleArray(), y.dims()));
    }
    return targets;
  }

  private static void trains(KerasCase c) {
    try (Model model = KerasModels.compiled(c)) {
      steps(c, model, 0, 5);
      Map<String, Double> evaluation = model.evaluate(c.arrays("x"), c.arrays("y"), null, 4);
      compareLogs(c, evaluation, c.array("evaluation"), 0);
    }
  }

  private static void trainsOnAfterLoading(KerasCase c) throws IOException {
    Path file = Files.createTempDirectory(folder, c.name()).resolve("model");
    try (Model model = KerasModels.compiled(c)) {
      steps(c, model, 0, 3);
      model.save(file);
    }
    try (Model model = Model.load(file)) {
      steps(c, model, 3, 5);
    }
  }

  private static void steps(KerasCase c, Model model, int from, int to) {
    for (int step = from; step < to; step++) {
      Map<String, Double> logs = model.trainOnBatch(c.arrays("x"), c.arrays("y"));
      assertEquals(
          c.array("losses").getDouble(step), logs.get("loss"), c.number("tolerance"), "loss");
      compareLogs(c, logs, c.array("logs"), step);
      if (step == 0 || step == 4) {
        compareWeights(c, model, String.valueOf(step + 1));
      }
    }
  }

  private static void compareWeights(KerasCase c, Model model, String moment) {
    int i = 0;
    for (Map.Entry<String, Tensor> weight : model.weightValues().entrySet()) {
      Tensor expected = c.array("w%d_%s".formatted(i++, moment));
      assertClose(weight.getKey(), expected, weight.getValue(), c.number("tolerance"));
    }
  }

  /** Our logs have Keras's names and numbers. */
  private static void compareLogs(KerasCase c, Map<String, Double> logs, Tensor table, int row) {
    List<?> names = c.list("logs");
    assertEquals(names, List.copyOf(new TreeMap<>(logs).keySet()));
    for (int k = 0; k < names.size(); k++) {
      double expected = table.getDouble((long) row * names.size() + k);
      assertEquals(expected, logs.get(names.get(k)), c.number("tolerance"), names.get(k) + "");
    }
  }

  @TestFactory
  Stream<DynamicTest> fits() {
    return KerasCase.all("fits").stream().map(c -> dynamicTest(c.name(), () -> fits(c)));
  }

  private static void fits(KerasCase c) {
    double tolerance = c.number("tolerance");
    try (Model model = KerasModels.compiled(c)) {
      History history = model.fit(c.arrays("x"), c.arrays("y"), options(c));
      assertEquals((int) c.number("epochs"), history.epochs().size());
      for (Object name : c.list("history")) {
        Tensor expected = c.array("history_" + name);
        List<Double> actual = history.series().get(name);
        for (int i = 0; i < expected.size(); i++) {
          assertEquals(expected.getDouble(i), actual.get(i), tolerance, name + " " + i);
        }
      }
      compareWeights(c, model, "end");
      assertClose("prediction", c.array("prediction_0"), model.predict(c.array("x_0")), tolerance);
      Map<String, Double> evaluation =
          model.evaluate(c.arrays("x"), c.arrays("y"), c.arrays().get("sample_weight"), 6);
      List<?> names = c.list("evaluation");
      for (int k = 0; k < names.size(); k++) {
        assertEquals(c.array("evaluation").getDouble(k), evaluation.get(names.get(k)), tolerance);
      }
    }
  }

  private static Fit options(KerasCase c) {
    Map<String, Object> left = new LinkedHashMap<>();
    c.object("fit").forEach((key, value) -> left.put((String) key, value));
    Fit fit =
        Fit.epochs(((Number) left.remove("epochs")).intValue())
            .batchSize(((Number) left.remove("batch_size")).intValue())
            .shuffle((boolean) left.remove("shuffle"))
            .verbosity(Verbosity.SILENT);
    if (left.remove("validation_split") instanceof Number split) {
      fit.validationSplit(split.doubleValue());
    }
    if (left.remove("class_weight") instanceof Map<?, ?> weights) {
      Map<Integer, Double> byClass = new TreeMap<>();
      weights.forEach(
          (k, v) -> byClass.put(Integer.valueOf((String) k), ((Number) v).doubleValue()));
      fit.classWeight(byClass);
    }
    if (c.arrays().containsKey("sample_weight")) {
      fit.sampleWeight(c.array("sample_weight"));
    }
    if (c.description().get("early_stopping") instanceof Map<?, ?> stopping) {
      fit.callbacks(KerasCallbacks.of("EarlyStopping", stopping));
    }
    assertEquals(Map.of(), left, "arguments of fit that this test does not know");
    return fit;
  }
}
