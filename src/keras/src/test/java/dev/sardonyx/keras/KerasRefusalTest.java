package dev.sardonyx.keras;

import static dev.sardonyx.nn.layers.Dense.dense;
import static dev.sardonyx.nn.layers.Input.input;
import static dev.sardonyx.nn.layers.Maxout.maxout;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.ops.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** What models of Keras's files may not be, and what may not be saved for Keras. */
class KerasRefusalTest {
  private static final String INPUT =
      """
      {"class_name": "InputLayer", "module": "keras.layers",
       "config": {"name": "in", "batch_shape": [null, 4], "dtype": "float32"}}""";
  private static final String DENSE =
      """
      {"class_name": "Dense", "module": "keras.layers", "name": "%1$s",
       "config": {"name": "%1$s", "units": 2}}""";

  @TempDir Path folder;

  private static String refused(String code, Executable work) {
    DiagnosticException refused = assertThrows(DiagnosticException.class, work);
    assertEquals(code, refused.diagnostic().code(), refused.getMessage());
    return refused.diagnostic().message();
  }

  private Path json(String... layers) throws IOException {
    String text =
        """
        {"class_name": "Sequential", "module": "keras",
         "config": {"name": "read", "layers": [%s]}}"""
            .formatted(String.join(", ", layers));
    return Files.writeString(folder.resolve("model.json"), text);
  }

  private Path weights(List<Tensor> tensors) {
    Path file = folder.resolve("model.weights.h5");
    KerasWriter.writeWeights(file, new WeightTree().add("layers/dense", "dense", tensors));
    return file;
  }

  @Test
  void weightsOfAnotherShape() throws IOException {
    Path architecture = json(INPUT, DENSE.formatted("dense"));
    List<Tensor> five = List.of(Tensor.of(new float[10], 5, 2), Tensor.of(new float[2]));
    String message = refused("KERAS-040", () -> Keras.load(architecture, weights(five)));
    assertTrue(message.contains("needs") && message.contains("[4,2]"), message);
    refused("KERAS-040", () -> Keras.load(architecture, weights(five.subList(0, 1))));
  }

  @Test
  void layersOfKeras2ThatNobodyCanSay() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("old.json"),
            """
            {"class_name": "Sequential", "keras_version": "2.2.4", "backend": "tensorflow",
             "config": {"name": "old", "layers": [{"class_name": "CuDNNLSTM",
               "config": {"name": "a", "units": 2, "batch_input_shape": [null, 3, 2]}}]}}""");
    String message = refused("KERAS-041", () -> Keras.load(file));
    assertTrue(message.startsWith("CuDNNLSTM of Keras 2 cannot be brought in"), message);
  }

  @Test
  void namesThatAreAPath() throws IOException {
    Path file = json(INPUT, DENSE.formatted("a/b"));
    assertEquals(
        "a layer's name has a / in it, as in a path: a/b",
        refused("KERAS-042", () -> Keras.load(file)));
  }

  @Test
  void layersThatKerasDoesNotHave() {
    Input x = input(4);
    Model model = Model.of(x, maxout(2).named("own").apply(x));
    assertEquals(
        "the model cannot be saved for Keras: Keras 3 does not have them: the layer own (Maxout)",
        refused("KERAS-043", () -> Keras.save(model, folder.resolve("a.keras"))));
  }

  @Test
  void whatHdf5DoesNotHold() {
    Input x = input(4);
    Model model = Model.of(x, Operation.op("Negative").on(dense(2).apply(x)));
    String message = refused("KERAS-043", () -> Keras.save(model, folder.resolve("a.h5")));
    assertTrue(message.contains("Keras does not read them from HDF5: the operation"), message);
  }
}
