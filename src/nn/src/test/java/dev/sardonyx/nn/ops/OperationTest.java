package dev.sardonyx.nn.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.layers.SymbolicTensor;
import dev.sardonyx.nn.losses.MeanSquaredError;
import dev.sardonyx.nn.optimizers.SGD;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Operations by name, their refusals, and {@link Ops}. */
class OperationTest {
  private static final SymbolicTensor X = Input.input(3, 4);
  private static final SymbolicTensor WHOLE = Input.input(3, 4).as(ElementType.INT32);

  /** keras-ops.txt lists the classes of Keras 3.15. */
  @Test
  void everyOperationOfKerasIsThereOrRefused() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(OperationTest.class.getResourceAsStream("keras-ops.txt"))) {
      List<String> keras =
          List.of(new String(in.readAllBytes(), StandardCharsets.UTF_8).strip().split("\n"));
      TreeSet<String> ours = new TreeSet<>(Operation.names());
      ours.addAll(Operation.refused());
      assertEquals(new TreeSet<>(keras), ours);
      assertEquals(keras.size(), Operation.names().size() + Operation.refused().size());
    }
  }

  @TestFactory
  Stream<DynamicTest> types() {
    Map<String, Supplier<SymbolicTensor>> cases =
        Map.ofEntries(
            Map.entry("float32[N,3,4]", () -> Ops.add(X, WHOLE)),
            Map.entry("int32[N,3,4]", () -> Ops.multiply(WHOLE, 2)),
            Map.entry("float32[N,3,3]", () -> Ops.matmul(X, Ops.transpose(X, 0, 2, 1))),
            Map.entry("float32[N,3,8]", () -> Ops.concatenate(-1, X, X)),
            Map.entry("float32[N,2,3,4]", () -> Ops.stack(1, X, X)),
            Map.entry("float32[N]", () -> Ops.sum(X, 1, 2)),
            Map.entry("float32[N,4]", () -> Ops.mean(WHOLE, 1)),
            Map.entry("int32[N,3]", () -> Ops.argmax(X, -1)),
            Map.entry("bool[N,3,4]", () -> Ops.greater(X, 0.5)),
            Map.entry("float32[N,6,2]", () -> Ops.reshape(X, -1, 6, 2)),
            Map.entry(
                "float32[N,1,2]", () -> Ops.getItem(X, Ops.slice(), null, 0, Ops.slice(1, 3))),
            Map.entry("float32[N,3,2]", () -> Ops.split(X, 2, -1).get(1)),
            Map.entry("float32[N,3,1,4]", () -> Ops.expandDims(X, 2)),
            Map.entry("int64[N,3,4]", () -> Ops.cast(X, ElementType.INT64)));
    return cases.entrySet().stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    row.getKey(),
                    () -> assertEquals(row.getKey(), row.getValue().get().toString())));
  }

  @Test
  void configurationsAreReadAndWritten() {
    Operation sum = Operation.op("Sum");
    Config given = Config.reading(Map.of("name", "total", "axis", List.of(1L), "keepdims", true));
    sum.configure(given);
    given.finish("Sum");
    Config written = Config.writing();
    sum.configure(written);
    assertEquals(Map.of("name", "total", "axis", List.of(1L), "keepdims", true), written.values());
  }

  @Test
  void wrongCallsAreRefused() {
    refused("NN-041", "there is no operation called Frobnicate", () -> Operation.op("Frobnicate"));
    refused("NN-041", "holds a Python function", () -> Operation.op("Map"));
    refused("NN-041", "complex numbers", () -> Operation.op("Eig"));
    refused("NN-042", "Sum does not take depth", () -> Operation.op("Sum").with("depth", 1).on(X));
    refused("NN-042", "Sum has axis 7", () -> Ops.sum(X, 7));
    refused("NN-042", "Add needs x2", () -> Operation.op("Add").on(X));
    refused("NN-042", "reads element 5", () -> Ops.getItem(X, Ops.slice(), 5));
    refused("NN-042", "has 4 subscripts", () -> Ops.getItem(X, 0, 0, 0, 0));
    refused(
        "NN-042",
        "takes one of [left, right] for side",
        () -> Operation.op("SearchSorted").with("side", "top").on(Ops.reshape(X, -1), X));
    refused("NN-042", "needs to know the extent of axis 0", () -> Operation.op("Unstack").on(X));
  }

  /** Gradients would flow through it, as they do not in Keras. */
  @Test
  void whatCannotBeTrainedIsRefusedInTraining() {
    Input x = Input.input(2);
    SymbolicTensor y = Operation.op("StopGradient").on(x);
    try (Model model = Model.of(x, y)) {
      Tensor data = Tensor.of(new float[] {1, 2}, 1, 2);
      assertEquals(data, model.predict(data));
      model.compile(SGD.sgd(0.1), MeanSquaredError.meanSquaredError());
      refused("NN-042", "StopGradient cannot be trained", () -> model.trainOnBatch(data, data));
    }
  }

  private static void refused(String code, String words, Supplier<?> call) {
    DiagnosticException e = assertThrows(DiagnosticException.class, call::get);
    assertEquals(code, e.diagnostic().code());
    assertTrue(e.diagnostic().message().contains(words), e.diagnostic().message());
  }
}
