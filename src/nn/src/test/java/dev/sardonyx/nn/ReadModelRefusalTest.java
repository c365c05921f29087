package dev.sardonyx.nn;

import static dev.sardonyx.nn.layers.Dense.dense;
import static dev.sardonyx.nn.layers.Hashing.hashing;
import static dev.sardonyx.nn.layers.Input.input;
import static dev.sardonyx.nn.layers.LSTM.lstm;
import static dev.sardonyx.nn.layers.RandomElasticTransform.randomElasticTransform;
import static dev.sardonyx.nn.layers.StringLookup.stringLookup;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.SymbolicTensor;
import dev.sardonyx.nn.losses.MeanSquaredError;
import dev.sardonyx.nn.ops.Operation;
import dev.sardonyx.nn.optimizers.SGD;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What models that were made elsewhere may have, and we refuse. */
class ReadModelRefusalTest {
  private static String refused(String code, Executable work) {
    DiagnosticException refused = assertThrows(DiagnosticException.class, work);
    assertEquals(code, refused.diagnostic().code(), refused.getMessage());
    return refused.diagnostic().message();
  }

  private static Map<String, Object> layer(
      String className, Map<String, Object> config, Map<String, Object> further) {
    Map<String, Object> named = new HashMap<>(config);
    named.put("name", className.toLowerCase(Locale.ROOT));
    Map<String, Object> layer = new HashMap<>(further);
    layer.put("class_name", className);
    layer.putIfAbsent("module", "keras.layers");
    layer.put("config", named);
    return layer;
  }

  private static Map<String, Object> sequential(List<Map<String, Object>> layers) {
    List<Object> all = new ArrayList<>();
    all.add(
        layer(
            "InputLayer",
            Map.of("batch_shape", Arrays.asList(null, 4L), "dtype", "float32"),
            Map.of()));
    all.addAll(layers);
    return Map.of(
        "class_name",
        "Sequential",
        "module",
        "keras",
        "config",
        Map.of("name", "read", "layers", all));
  }

  @Test
  void codeOfEveryKindIsNamedAtOnce() {
    Map<String, Object> model =
        sequential(
            List.of(
                layer("Lambda", Map.of(), Map.of()),
                layer("Theirs", Map.of(), Map.of("registered_name", "pack>Theirs"))));
    assertEquals(
        "2 layers cannot be read"
            + "; lambda (Lambda): NN-096 Lambda holds Python code, which is never run"
            + "; theirs (Theirs): NN-096 Theirs is custom code of pack>Theirs",
        refused("NN-095", () -> Model.fromConfig(model)));
  }

  @Test
  void codeInsideOfAnotherLayer() {
    Map<String, Object> inner = layer("Lambda", Map.of(), Map.of());
    Map<String, Object> model =
        sequential(List.of(layer("TimeDistributed", Map.of("layer", inner), Map.of())));
    assertTrue(refused("NN-095", () -> Model.fromConfig(model)).contains("NN-096 Lambda"));
  }

  @Test
  void trainingThatAFileForces() {
    Map<String, Object> tensor =
        Map.of(
            "class_name",
            "__keras_tensor__",
            "config",
            Map.of("keras_history", List.of("in", 0L, 0L)));
    Map<String, Object> in =
        layer(
            "InputLayer",
            Map.of("batch_shape", Arrays.asList(null, 4L), "dtype", "float32"),
            Map.of("name", "in", "inbound_nodes", List.of()));
    Map<String, Object> dropout =
        layer(
            "Dropout",
            Map.of("rate", 0.5),
            Map.of(
                "name",
                "dropout",
                "inbound_nodes",
                List.of(Map.of("args", List.of(tensor), "kwargs", Map.of("training", true)))));
    Map<String, Object> model =
        Map.of(
            "class_name",
            "Functional",
            "module",
            "keras",
            "config",
            Map.of(
                "name",
                "read",
                "layers",
                List.of(in, dropout),
                "input_layers",
                List.of(List.of("in", 0L, 0L)),
                "output_layers",
                List.of(List.of("dropout", 0L, 0L))));
    assertEquals(
        "Dropout is called with training=True, in inference too",
        refused("NN-035", () -> Model.fromConfig(model).graph()));
  }

  @Test
  void statesInTraining() {
    Input steps = Input.ofBatch(new TensorType(ElementType.FLOAT32, Shape.of(2, 3, 2)));
    Model model = Model.of(steps, lstm(4).stateful(true).apply(steps));
    model.compile(SGD.sgd(0.1), MeanSquaredError.meanSquaredError());
    refused(
        "NN-037",
        () ->
            model.trainOnBatch(
                Tensor.zeros(ElementType.FLOAT32, 2, 3, 2),
                Tensor.zeros(ElementType.FLOAT32, 2, 4)));
  }

  @Test
  void preprocessingBehindTheGraph() {
    Input x = input(3).as(ElementType.INT64);
    SymbolicTensor negative = Operation.op("Negative").on(x);
    refused("NN-040", () -> Model.of(x, hashing(5).apply(negative)).graph());
  }

  @Test
  void numbersWhereTextsAreWanted() {
    refused("NN-043", () -> stringLookup(List.of("a", "b")).apply(input(3)));
  }

  @Test
  void augmentationThatIsNotWritten() {
    Input image = input(6, 6, 3);
    Layer augmentation = randomElasticTransform(0.5);
    Model model = Model.of(image, augmentation.apply(image));
    model.compile(SGD.sgd(0.1), MeanSquaredError.meanSquaredError());
    Tensor images = Tensor.zeros(ElementType.FLOAT32, 2, 6, 6, 3);
    refused("NN-044", () -> model.trainOnBatch(images, images));
  }

  @Test
  void filesOfKerasWithoutTheModule(@TempDir Path folder) {
    Input x = input(3);
    Model model = Model.of(x, dense(2).apply(x));
    assertEquals(
        "Keras's files are written by a module that is not on the class path",
        refused("NN-097", () -> model.save(folder.resolve("model.keras"))));
  }
}
