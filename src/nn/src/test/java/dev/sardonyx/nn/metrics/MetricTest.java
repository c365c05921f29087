package dev.sardonyx.nn.metrics;

import static dev.sardonyx.nn.metrics.Accuracy.accuracy;
import static dev.sardonyx.nn.metrics.BinaryAccuracy.binaryAccuracy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.testkit.Evaluate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MetricTest {
  @Test
  void accuracyMeansWhatTheShapesSay() {
    Tensor scores = Tensor.of(new float[][] {{0.9f, 0.1f}, {0.2f, 0.8f}, {0.7f, 0.3f}});
    Tensor oneHot = Tensor.of(new float[][] {{1, 0}, {0, 1}, {0, 1}});
    assertEquals(2 / 3.0, measure(accuracy(), Tensor.of(new long[] {0, 1, 1}), scores, null), 1e-6);
    assertEquals(
        2 / 3.0, measure(accuracy(), Tensor.of(new float[][] {{0}, {1}, {1}}), scores, null), 1e-6);
    assertEquals(2 / 3.0, measure(accuracy(), oneHot, scores, null), 1e-6);
    Tensor probabilities = Tensor.of(new float[][] {{0.9f}, {0.2f}, {0.5f}});
    assertEquals(
        2 / 3.0, measure(accuracy(), Tensor.of(new float[] {1, 0, 1}), probabilities, null), 1e-6);
  }

  @Test
  void weightsCount() {
    Tensor labels = Tensor.of(new float[] {1, 0, 1, 0});
    Tensor probabilities = Tensor.of(new float[][] {{0.9f}, {0.2f}, {0.4f}, {0.6f}});
    Tensor weights = Tensor.of(new float[] {2, 1, 1, 0});
    assertEquals(0.75, measure(binaryAccuracy(), labels, probabilities, weights), 1e-6);
    assertEquals(1, measure(binaryAccuracy().threshold(0.3), labels, probabilities, weights), 1e-6);
  }

  @Test
  void nothingCountedGivesZero() {
    assertEquals(0, binaryAccuracy().result(List.of(new double[1], new double[1]))[0]);
  }

  @Test
  void namesAreThoseOfKerassLogs() {
    assertEquals("accuracy", accuracy().name());
    assertEquals("acc", Metric.of("acc").name());
    assertEquals("mse", Metric.of("mse").name());
    assertInstanceOf(MeanSquaredError.class, Metric.of("mse"));
    assertEquals("binary_accuracy", binaryAccuracy().name());
    assertEquals("sparse_categorical_accuracy", new SparseCategoricalAccuracy().name());
    assertEquals("mean_absolute_error", Metric.of("mean_absolute_error").name());
    DiagnosticException e = assertThrows(DiagnosticException.class, () -> Metric.of("beauty"));
    assertEquals("NN-032", e.diagnostic().code());
    assertEquals("MetricTest.java", e.diagnostic().at().file());
  }

  @Test
  void configurationsAreKerass() {
    Metric metric = binaryAccuracy().threshold(0.3).named("ba");
    assertEquals(Map.of("name", "ba", "dtype", "float32", "threshold", 0.3), metric.config());
    assertEquals(
        metric.config(), Config.create(Metric.class, "metric", metric.serialize()).config());
    Map<String, Object> halves =
        Map.of("class_name", "Accuracy", "config", Map.of("dtype", "float16"));
    DiagnosticException e =
        assertThrows(
            DiagnosticException.class, () -> Config.create(Metric.class, "metric", halves));
    assertEquals("NN-002", e.diagnostic().code());
  }

  @Test
  void aMetricMayReportANumberForEachClass() {
    Tensor labels = Tensor.of(new float[][] {{1, 0}, {0, 1}, {0, 1}});
    Tensor scores = Tensor.of(new float[][] {{0.9f, 0.1f}, {0.2f, 0.8f}, {0.7f, 0.3f}});
    double[] scoresOfClasses = report(F1Score.f1Score(), labels, scores, null);
    assertEquals(2, scoresOfClasses.length);
    assertEquals(2 / 3.0, scoresOfClasses[0], 1e-6);
    assertEquals(2 / 3.0, scoresOfClasses[1], 1e-6);
    assertEquals(2, report(Recall.recall().thresholds(0.1, 0.5), labels, scores, null).length);
  }

  @Test
  void theAreaOfAPerfectRankingIsOne() {
    Tensor labels = Tensor.of(new float[] {0, 1, 0, 1});
    Tensor right = Tensor.of(new float[] {0.1f, 0.8f, 0.4f, 0.6f});
    Tensor wrong = Tensor.of(new float[] {0.9f, 0.2f, 0.6f, 0.4f});
    for (Curve curve : Curve.values()) {
      assertEquals(1, measure(AUC.auc().curve(curve), labels, right, null), 1e-6, curve.name());
    }
    assertEquals(0, measure(AUC.auc(), labels, wrong, null), 1e-6);
  }

  @Test
  void impossibleOptionsAreRefused() {
    refused("NN-006", () -> Precision.precision().thresholds(1.5));
    refused("NN-006", () -> AUC.auc().numThresholds(1));
    refused("NN-006", () -> PrecisionAtRecall.precisionAtRecall(-0.1));
    refused("NN-006", () -> FBetaScore.fbetaScore().beta(0));
    refused("NN-006", () -> create("AUC", Map.of("curve", "ROCK")));
    refused(
        "NN-006", () -> create("IoU", Map.of("num_classes", 3, "target_class_ids", List.of(3))));
    refused(
        "NN-002", () -> create("SparseTopKCategoricalAccuracy", Map.of("from_sorted_ids", true)));
  }

  @Test
  void aConfigurationMakesTheSameMetric() {
    for (Metric metric :
        List.of(
            AUC.auc().curve(Curve.PR).thresholds(0.3, 0.2).labelWeights(1, 2),
            Precision.precision().thresholds(0.2, 0.3).topK(2L).classId(1L),
            Recall.recall().thresholds(0.3),
            FBetaScore.fbetaScore().beta(2).threshold(0.5),
            F1Score.f1Score().average(FScore.Average.MACRO),
            R2Score.r2Score().classAggregation(null).numRegressors(2),
            IoU.iou(3, 0, 2).ignoreClass(1L),
            OneHotMeanIoU.oneHotMeanIoU(4),
            BinaryIoU.binaryIoU().threshold(0.3),
            CosineSimilarity.cosineSimilarity().axis(1),
            SpecificityAtSensitivity.specificityAtSensitivity(0.5).numThresholds(20),
            BinaryCrossentropy.binaryCrossentropy().fromLogits(true).labelSmoothing(0.1))) {
      Metric copy = Config.create(Metric.class, "metric", metric.serialize());
      assertEquals(metric.config(), copy.config());
    }
  }

  private static Metric create(String name, Map<String, Object> config) {
    return Config.create(Metric.class, "metric", Map.of("class_name", name, "config", config));
  }

  private static void refused(String code, Executable work) {
    assertEquals(code, assertThrows(DiagnosticException.class, work).diagnostic().code());
  }

  private static double measure(
      Metric metric, Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
    return report(metric, yTrue, yPred, sampleWeight)[0];
  }

  private static double[] report(
      Metric metric, Tensor yTrue, Tensor yPred, @Nullable Tensor sampleWeight) {
    Value truth = Value.input("y_true", yTrue.type());
    Value guess = Value.input("y_pred", yPred.type());
    List<Value> inputs = new ArrayList<>(List.of(truth, guess));
    List<Tensor> data = new ArrayList<>(List.of(yTrue, yPred));
    Value weight = null;
    if (sampleWeight != null) {
      weight = Value.input("w", sampleWeight.type());
      inputs.add(weight);
      data.add(sampleWeight);
    }
    Graph graph = Graph.of("metric", inputs, metric.sums(truth, guess, weight));
    return metric.result(Evaluate.run(graph, data).stream().map(Tensor::toDoubleArray).toList());
  }
}
