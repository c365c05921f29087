package dev.sardonyx.nn.losses;

import static dev.sardonyx.nn.losses.BinaryCrossentropy.binaryCrossentropy;
import static dev.sardonyx.nn.losses.CategoricalCrossentropy.categoricalCrossentropy;
import static dev.sardonyx.nn.losses.KLDivergence.klDivergence;
import static dev.sardonyx.nn.losses.MeanAbsoluteError.meanAbsoluteError;
import static dev.sardonyx.nn.losses.MeanSquaredError.meanSquaredError;
import static dev.sardonyx.nn.losses.SparseCategoricalCrossentropy.sparseCategoricalCrossentropy;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.losses.Loss.Reduction;
import dev.sardonyx.testkit.Evaluate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LossTest {
  @Test
  void kerasNamesFindTheirLoss() {
    Map<String, Class<? extends Loss>> names = new HashMap<>();
    names.put("mse", MeanSquaredError.class);
    names.put("MSE", MeanSquaredError.class);
    names.put("mean_squared_error", MeanSquaredError.class);
    names.put("mae", MeanAbsoluteError.class);
    names.put("bce", BinaryCrossentropy.class);
    names.put("binary_crossentropy", BinaryCrossentropy.class);
    names.put("categorical_crossentropy", CategoricalCrossentropy.class);
    names.put("sparse_categorical_crossentropy", SparseCategoricalCrossentropy.class);
    names.put("kld", KLDivergence.class);
    names.put("kl_divergence", KLDivergence.class);
    names.put("KLDivergence", KLDivergence.class);
    names.put("mape", MeanAbsolutePercentageError.class);
    names.put("msle", MeanSquaredLogarithmicError.class);
    names.put("log_cosh", LogCosh.class);
    names.put("ctc", CTC.class);
    names.forEach((name, type) -> assertInstanceOf(type, Loss.of(name), name));
    refused("NN-032", () -> Loss.of("squared_mean"));
    refused("NN-032", () -> Loss.of(""));
  }

  @Test
  void configurationsAreKerass() {
    assertEquals(
        Map.of("name", "mean_squared_error", "reduction", "sum_over_batch_size"),
        meanSquaredError().config());
    assertEquals(
        Map.of(
            "name",
            "binary_crossentropy",
            "reduction",
            "sum",
            "from_logits",
            true,
            "label_smoothing",
            0.1,
            "axis",
            1L),
        binaryCrossentropy()
            .fromLogits(true)
            .labelSmoothing(0.1)
            .axis(1)
            .reduction(Reduction.SUM)
            .config());
    assertEquals("kl_divergence", klDivergence().config().get("name"));
  }

  @Test
  void aConfigurationMakesTheSameLoss() {
    for (Loss loss :
        List.of(
            meanAbsoluteError().reduction(Reduction.NONE),
            categoricalCrossentropy().fromLogits(true).labelSmoothing(0.2).axis(1).named("mine"),
            sparseCategoricalCrossentropy().ignoreClass(-1L).fromLogits(true).axis(1),
            sparseCategoricalCrossentropy(),
            Huber.huber().delta(0.5),
            CosineSimilarity.cosineSimilarity().axis(1),
            Dice.dice().axis(1, 2),
            Tversky.tversky().alpha(0.3),
            Circle.circle().gamma(16).removeDiagonal(false),
            BinaryFocalCrossentropy.binaryFocalCrossentropy().applyClassBalancing(true).gamma(1.5),
            CategoricalFocalCrossentropy.categoricalFocalCrossentropy().alpha(0.5),
            CategoricalGeneralizedCrossEntropy.categoricalGeneralizedCrossEntropy().q(0.7))) {
      Loss copy = Config.create(Loss.class, "loss", loss.serialize());
      assertEquals(loss.config(), copy.config());
    }
  }

  @Test
  void kerasWritesNoReductionAsNull() {
    Map<String, Object> config = new HashMap<>();
    config.put("reduction", null);
    Loss loss =
        Config.create(
            Loss.class, "loss", Map.of("class_name", "MeanSquaredError", "config", config));
    assertEquals("none", loss.config().get("reduction"));
  }

  @Test
  void classNumbersHaveNoClassAxis() {
    TensorType predictions = TensorType.parse("float32[N,3,5]");
    assertEquals(predictions, categoricalCrossentropy().targetType(predictions));
    assertEquals(
        TensorType.parse("int64[N,3]"), sparseCategoricalCrossentropy().targetType(predictions));
    assertEquals(
        TensorType.parse("int64[N,5]"),
        sparseCategoricalCrossentropy().axis(1).targetType(predictions));
  }

  @Test
  void lossesLoseTheLastAxis() {
    Value y = input("y", "float32[N,3,5]");
    assertEquals(TensorType.parse("float32[N,3]"), meanSquaredError().values(y, y).type());
    assertEquals(TensorType.parse("float32[]"), meanSquaredError().apply(y, y, null).type());
    Value labels = input("labels", "int32[N,3,1]");
    assertEquals(
        TensorType.parse("float32[N,3]"), sparseCategoricalCrossentropy().values(labels, y).type());
  }

  @Test
  void targetsOfAnotherShapeAreRefused() {
    Diagnostic refused =
        refused(
            "NN-030",
            () ->
                meanSquaredError()
                    .apply(input("t", "float32[N,2]"), input("p", "float32[N,3]"), null));
    assertEquals(
        "MeanSquaredError needs targets of the type float32[N,3], got float32[N,2]",
        refused.message());
    refused(
        "NN-030",
        () ->
            sparseCategoricalCrossentropy()
                .apply(input("t", "int64[N,3]"), input("p", "float32[N,3]"), null));
    refused(
        "NN-030",
        () ->
            categoricalCrossentropy()
                .apply(input("t", "int64[N]"), input("p", "float32[N,3]"), null));
  }

  @Test
  void weightsThatWouldBroadcastAlongTheWrongAxisAreRefused() {
    Value y = input("y", "float32[N,3,5]");
    refused("NN-031", () -> meanSquaredError().apply(y, y, input("w", "float32[N]")));
    assertEquals(
        TensorType.parse("float32[]"),
        meanSquaredError().apply(y, y, input("w", "float32[N,1]")).type());
  }

  @Test
  void classNumbersThatAreNoClassAreRefused() {
    TensorType predictions = TensorType.parse("float32[N,3]");
    SparseCategoricalCrossentropy loss = sparseCategoricalCrossentropy();
    loss.checkTargets(Tensor.of(new long[] {0, 1, 2}), predictions);
    Diagnostic refused =
        refused("NN-038", () -> loss.checkTargets(Tensor.of(new long[] {0, 3}), predictions));
    assertEquals("there are 3 classes, got the class number 3", refused.message());
    refused("NN-038", () -> loss.checkTargets(Tensor.of(new long[] {-1}), predictions));
    loss.ignoreClass(-1L).checkTargets(Tensor.of(new long[] {2, -1}), predictions);
  }

  @Test
  void smoothingNeedsTheNumberOfClasses() {
    Value y = input("y", "float32[N,C]");
    refused("NN-014", () -> categoricalCrossentropy().labelSmoothing(0.1).apply(y, y, null));
  }

  @Test
  void huberFollowsItsDelta() {
    Value x = input("x", "float32[1,2]");
    Value y = input("y", "float32[1,2]");
    Graph graph = Graph.of("huber", List.of(x, y), List.of(Huber.huber().delta(0.5).values(x, y)));
    Tensor zeros = Tensor.of(new float[][] {{0, 0}});
    Tensor errors = Tensor.of(new float[][] {{0.4f, 2}});
    // (0.5 · 0.4² + 0.5 · 2 - 0.5 · 0.5²) / 2
    assertEquals(0.4775, Evaluate.run(graph, List.of(zeros, errors)).get(0).getDouble(0), 1e-6);
  }

  @Test
  void impossibleOptionsAreRefused() {
    refused("NN-006", () -> Huber.huber().delta(0));
    refused(
        "NN-006",
        () -> CategoricalGeneralizedCrossEntropy.categoricalGeneralizedCrossEntropy().q(1));
  }

  @Test
  void ctcNeedsToKnowTheNumberOfSteps() {
    Value labels = input("labels", "int64[N,3]");
    refused("NN-039", () -> CTC.ctc().apply(labels, input("p", "float32[N,T,4]"), null));
    assertEquals(
        TensorType.parse("float32[N]"),
        CTC.ctc().values(labels, input("p", "float32[N,5,4]")).type());
  }

  @Test
  void onlyTheOptionOfIgnoringMasks() {
    Value labels = input("labels", "int64[N]");
    assertNull(sparseCategoricalCrossentropy().mask(labels, labels));
    assertEquals(
        TensorType.parse("bool[N]"),
        sparseCategoricalCrossentropy().ignoreClass(0L).mask(labels, labels).type());
  }

  private static Value input(String name, String type) {
    return Value.input(name, TensorType.parse(type));
  }

  private static Diagnostic refused(String code, Executable work) {
    Diagnostic refused = assertThrows(DiagnosticException.class, work).diagnostic();
    assertEquals(code, refused.code());
    assertEquals("LossTest.java", refused.at().file());
    return refused;
  }
}
