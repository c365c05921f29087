package dev.sardonyx.nn;

import static dev.sardonyx.nn.Fit.epochs;
import static dev.sardonyx.nn.callbacks.EarlyStopping.earlyStopping;
import static dev.sardonyx.nn.layers.Dense.dense;
import static dev.sardonyx.nn.layers.Input.input;
import static dev.sardonyx.nn.layers.Lambda.lambda;
import static dev.sardonyx.nn.losses.MeanSquaredError.meanSquaredError;
import static dev.sardonyx.nn.losses.SparseCategoricalCrossentropy.sparseCategoricalCrossentropy;
import static dev.sardonyx.nn.optimizers.Adam.adam;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.Fit.Verbosity;
import dev.sardonyx.nn.layers.Call;
import dev.sardonyx.nn.layers.Dense;
import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.layers.Layer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What models refuse beyond the shapes of their data. */
class ModelRefusalTest {
  private final Blobs blobs = new Blobs(9);

  private static void assertRefused(String code, String message, Executable work) {
    Diagnostic refused = assertThrows(DiagnosticException.class, work).diagnostic();
    assertEquals(
        "[%s] %s".formatted(code, message), "[%s] %s".formatted(refused.code(), refused.message()));
    assertEquals("ModelRefusalTest.java", refused.at().file(), refused::toString);
  }

  private static Fit once() {
    return epochs(1).verbosity(Verbosity.SILENT);
  }

  /** A layer that keeps the one inside it to itself. */
  private static final class Secretive extends Layer {
    private final Dense inside = dense(2);

    @Override
    protected void build(List<TensorType> inputs) {
      inside.ensureBuilt(inputs);
    }

    @Override
    protected List<Value> call(Call call, List<Value> inputs) {
      return inside.lower(call, inputs);
    }
  }

  @Test
  void weightsOfALayerThatNobodyKnows() {
    assertRefused(
        "NN-063",
        "a layer uses a weight that the model does not know: kernel: float32[3,2]",
        () -> Sequential.of(input(3), new Secretive()).predict(Tensor.of(new float[3], 1, 3)));
  }

  @Test
  void aModelTakesAsManyInputsAsItHas() {
    Input x = input(3);
    Input y = input(3);
    try (Model inner = Sequential.of(input(3), dense(2))) {
      assertRefused(
          "NN-015", "Functional takes 1 inputs, got 2", () -> inner.applyAll(List.of(x, y)));
    }
  }

  @Test
  void textIsNoNumber() {
    try (Model model = Sequential.of(input(1), dense(1))) {
      assertRefused(
          "NN-072",
          "input input_layer needs float32, got string",
          () -> model.predict(Tensor.ofStrings(List.of("a", "b"), 2, 1)));
    }
  }

  @Test
  void anOutputWithoutABatchComesFromOneBatch() {
    try (Model model = Sequential.of(input(1), lambda("total", x -> x.sum()))) {
      Tensor x = Tensor.of(new float[] {1, 2, 3}, 3, 1);
      assertEquals(Tensor.scalar(6f), model.predict(List.of(x), 3).get(0));
      assertRefused(
          "NN-074",
          "an output without a batch axis cannot be predicted in several batches",
          () -> model.predict(List.of(x), 2));
    }
  }

  @Test
  void aCallbackWatchesWhatIsRecorded() {
    try (Model model = Blobs.network()) {
      model.compile(adam(), sparseCategoricalCrossentropy());
      assertRefused(
          "NN-080",
          "a callback watches val_loss, which is not recorded",
          () -> model.fit(blobs.x, blobs.y, once().callbacks(earlyStopping())));
    }
  }

  @Test
  void classWeightsNeedOneClassASample() {
    Tensor wide = Tensor.of(new float[12], 3, 2, 2);
    try (Model model = Sequential.of(input(2, 2), dense(2))) {
      model.compile(adam(), meanSquaredError());
      assertRefused(
          "NN-078",
          "class weights need one class a sample, got targets float32[3,2,2]",
          () -> model.fit(wide, wide, once().classWeight(Map.of(1, 2))));
    }
    Input x = input(2);
    try (Model two = Model.of(List.of(x), List.of(dense(1).apply(x), dense(1).apply(x)))) {
      two.compile(Compilation.of(adam(), meanSquaredError()));
      Tensor y = Tensor.of(new float[9], 9, 1);
      assertRefused(
          "NN-078",
          "class weights need a model of one output, this has 2",
          () -> two.fit(List.of(blobs.x), List.of(y, y), once().classWeight(Map.of(1, 2))));
    }
  }
}
