package dev.sardonyx.nn;

import static dev.sardonyx.nn.Fit.epochs;
import static dev.sardonyx.nn.activations.Activation.RELU;
import static dev.sardonyx.nn.initializers.Ones.ones;
import static dev.sardonyx.nn.layers.Add.add;
import static dev.sardonyx.nn.layers.BatchNormalization.batchNormalization;
import static dev.sardonyx.nn.layers.Concatenate.concatenate;
import static dev.sardonyx.nn.layers.Conv2D.conv2d;
import static dev.sardonyx.nn.layers.Dense.dense;
import static dev.sardonyx.nn.layers.Flatten.flatten;
import static dev.sardonyx.nn.layers.Input.input;
import static dev.sardonyx.nn.layers.Lambda.lambda;
import static dev.sardonyx.nn.layers.MaxPooling2D.maxPooling2d;
import static dev.sardonyx.nn.losses.MeanAbsoluteError.meanAbsoluteError;
import static dev.sardonyx.nn.losses.MeanSquaredError.meanSquaredError;
import static dev.sardonyx.nn.optimizers.SGD.sgd;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.Convolution;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Normalization;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.Fit.Verbosity;
import dev.sardonyx.nn.layers.Call;
import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.SymbolicTensor;
import dev.sardonyx.nn.layers.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class ModelTest {
  /** Two inputs, a layer used twice, two outputs. */
  private static Model siamese() {
    Input left = input(3).named("left");
    Input right = input(3).named("right");
    Layer shared = dense(4).activation(RELU).named("shared");
    SymbolicTensor a = shared.apply(left);
    SymbolicTensor b = shared.apply(right);
    SymbolicTensor sum = add().named("sum").apply(a, b);
    SymbolicTensor both = dense(2).named("both").apply(concatenate().apply(a, b));
    return Model.of(List.of(left, right), List.of(sum, both));
  }

  private static Tensor rows(int rows, int columns) {
    float[] values = new float[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(1 + i);
    }
    return Tensor.of(values, rows, columns);
  }

  @Test
  void aLayerAppliedTwiceSharesItsWeights() {
    try (Model model = siamese()) {
      assertEquals(
          List.of("shared/kernel", "shared/bias", "both/kernel", "both/bias"),
          List.copyOf(model.weightValues().keySet()));
      assertEquals(3 * 4 + 4 + 8 * 2 + 2, model.countParams());
      // With the same input on both sides the sum is twice what the shared layer gives.
      Tensor sum = model.predict(List.of(rows(5, 3), rows(5, 3)), 2).get(0);
      try (Model one = Sequential.of(input(3).named("left"), model.layer("shared"))) {
        Tensor half = one.predict(rows(5, 3));
        for (int i = 0; i < half.size(); i++) {
          assertEquals(2 * half.getDouble(i), sum.getDouble(i), 1e-6);
        }
      }
    }
  }

  @Test
  void severalOutputsHaveLossesAndMetricsOfTheirOwn() {
    try (Model model = siamese()) {
      model.compile(
          Compilation.of(sgd(0.01), meanSquaredError(), meanAbsoluteError()).lossWeights(1, 0.5));
      History history =
          model.fit(
              List.of(rows(8, 3), rows(8, 3)),
              List.of(rows(8, 4), rows(8, 2)),
              epochs(1).batchSize(8).verbosity(Verbosity.SILENT));
      double total = history.last("sum_loss") + 0.5 * history.last("both_loss");
      assertEquals(total, history.last("loss"), 1e-6);
    }
  }

  @Test
  void aModelIsALayer() {
    try (Model inner = Sequential.of(input(3), dense(4).named("h")).named("encoder")) {
      Input x = input(3);
      try (Model outer = Model.of(x, dense(2).named("head").apply(inner.apply(x)))) {
        assertEquals(
            List.of("encoder/h/kernel", "encoder/h/bias", "head/kernel", "head/bias"),
            List.copyOf(outer.weightValues().keySet()));
        inner.setWeight("h/bias", Tensor.of(new float[] {1, 2, 3, 4}));
        assertEquals(
            Tensor.of(new float[] {1, 2, 3, 4}), outer.weightValues().get("encoder/h/bias"));
      }
    }
  }

  @Test
  void predictionsDoNotDependOnTheBatchSize() {
    try (Model model = Sequential.of(input(3), dense(4).activation(RELU), dense(2))) {
      Tensor x = rows(7, 3);
      Tensor all = model.predict(List.of(x), 100).get(0);
      Tensor parts = model.predict(List.of(x), 3).get(0);
      assertEquals(all.type(), parts.type());
      for (int i = 0; i < all.size(); i++) {
        assertEquals(all.getDouble(i), parts.getDouble(i), 1e-6);
      }
      assertEquals(TensorType.parse("float32[0,2]"), model.predict(rows(0, 3)).type());
    }
  }

  /** As in the Javadoc of {@link Layer}. */
  private static final class Scale extends Layer {
    private Weight factor;

    @Override
    protected void build(List<TensorType> inputs) {
      factor = addWeight("factor", ones(), null, true, inputs.get(0).shape().dim(-1).value());
    }

    @Override
    protected List<Value> call(Call call, List<Value> inputs) {
      return List.of(inputs.get(0).mul(call.weight(factor)));
    }
  }

  @Test
  void layersOfYourOwnAreAClassOrALambda(@TempDir Path folder) {
    try (Model model =
        Sequential.of(input(3), new Scale(), lambda("twice", x -> x.mul(2)), dense(1))) {
      model.setWeight("scale/factor", Tensor.of(new float[] {1, 2, 3}));
      model.setWeight("dense/kernel", Tensor.of(new float[] {1, 1, 1}, 3, 1));
      assertEquals(
          2 * (1 + 2 + 3), model.predict(Tensor.of(new float[] {1, 1, 1}, 1, 3)).getDouble(0));
      model.compile(sgd(0.1), meanSquaredError());
      model.trainOnBatch(rows(4, 3), rows(4, 1));
      DiagnosticException refused =
          assertThrows(DiagnosticException.class, () -> Model.load(saved(model, folder)));
      assertTrue(refused.getMessage().contains("Scale") || refused.getMessage().contains("twice"));
    }
  }

  private static Path saved(Model model, Path folder) {
    Path file = folder.resolve("own.sardonyx");
    model.save(file);
    return file;
  }

  @Test
  void aSavedModelComesBack(@TempDir Path folder) throws IOException {
    Input image = input(6, 6, 2).named("image");
    SymbolicTensor h = conv2d(3, 3).activation(RELU).apply(image);
    Model part = Sequential.of(input(4, 4, 3), maxPooling2d(2), flatten()).named("part");
    try (Model model = Model.of(image, dense(2).apply(part.apply(h)))) {
      Tensor x = rows(4, 72).reshape(4, 6, 6, 2);
      Tensor before = model.predict(x);
      Path file = folder.resolve("model.sardonyx");
      model.save(file);
      try (Model back = Model.load(file)) {
        assertEquals(before, back.predict(x));
        assertEquals(model.summaryText(), back.summaryText());
        assertEquals(model.weightValues(), back.weightValues());
        back.save(folder.resolve("again"));
        assertEquals(-1, Files.mismatch(file, folder.resolve("again")));
      }
    }
  }

  @Test
  void weightsGoToAFileAndBack(@TempDir Path folder) {
    Path file = folder.resolve("w.safetensors");
    try (Model a = siamese().seed(1);
        Model b = siamese().seed(2)) {
      a.saveWeights(file);
      b.loadWeights(file);
      assertEquals(a.weightValues(), b.weightValues());
      Model other = Sequential.of(input(3), dense(2));
      assertCode("NN-064", () -> other.loadWeights(file));
      assertCode("NN-090", () -> b.loadWeights(folder.resolve("none")));
      assertCode("NN-064", () -> b.setWeight("shared/bias", Tensor.of(new float[3])));
      assertCode("NN-064", () -> b.setWeights(Map.of("nobody", Tensor.of(new float[3]))));
    }
  }

  @Test
  void aSharedConvolutionBeforeTwoNormalizationsPredicts() {
    Input left = input(4, 4, 1);
    Input right = input(4, 4, 1);
    Layer shared = conv2d(2, 3).named("shared");
    SymbolicTensor a = batchNormalization().apply(shared.apply(left));
    SymbolicTensor b = batchNormalization().apply(shared.apply(right));
    try (Model model = Model.of(List.of(left, right), List.of(a, b))) {
      // Each convolution has taken up its normalization, and a kernel of its own with it.
      assertEquals(2, count(Inference.graph(model), Convolution.Conv.class));
      assertEquals(0, count(Inference.graph(model), Normalization.BatchNormalization.class));
      Tensor x = rows(3, 16).reshape(3, 4, 4, 1);
      model.setWeight("batch_normalization_1/gamma", Tensor.of(new float[] {2, 2}));
      List<Tensor> outputs = model.predict(List.of(x, x), 3);
      for (int i = 0; i < outputs.get(0).size(); i++) {
        assertEquals(2 * outputs.get(0).getDouble(i), outputs.get(1).getDouble(i), 1e-6);
      }
    }
  }

  private static long count(Graph graph, Class<? extends Op> op) {
    return graph.nodes().stream().filter(n -> op.isInstance(n.op())).count();
  }

  @Test
  void wiringMistakesAreRefusedByName() {
    Input x = input(3);
    Input y = input(3);
    SymbolicTensor sum = add().apply(x, y);
    assertCode("NN-062", () -> Model.of(x, sum));
    assertCode("NN-061", () -> Sequential.of(input(3), dense(2).named("a"), dense(2).named("a")));
    assertCode("NN-065", () -> siamese().layer("missing"));
  }

  @Test
  void theSummaryShowsLayersShapesAndParameters() {
    Model model =
        Sequential.of(input(28, 28, 1), conv2d(8, 3).activation(RELU), flatten(), dense(10));
    assertEquals(
        """
        Model: "model"
        ┌───────────────────────┬─────────────────────┬─────────┐
        │ Layer (type)          │ Output Shape        │ Param # │
        ├───────────────────────┼─────────────────────┼─────────┤
        │ input_layer (Input)   │ (None, 28, 28, 1)   │       0 │
        │ conv2d (Conv2D)       │ (None, 26, 26, 8)   │      80 │
        │ flatten (Flatten)     │ (None, 5408)        │       0 │
        │ dense (Dense)         │ (None, 10)          │  54,090 │
        └───────────────────────┴─────────────────────┴─────────┘
         Total params: 54,170 (211.60 KB)
         Trainable params: 54,170 (211.60 KB)
         Non-trainable params: 0 (0.00 B)
        """
            .replaceAll(" +│", " │")
            .replaceAll("─+", "─"),
        model.summaryText().replaceAll(" +│", " │").replaceAll("─+", "─"));
    assertTrue(siamese().summaryText().contains("Connected to"), siamese()::summaryText);
  }

  private static void assertCode(String code, Executable work) {
    DiagnosticException refused = assertThrows(DiagnosticException.class, work);
    assertEquals(code, refused.diagnostic().code(), refused.getMessage());
    assertEquals("ModelTest.java", refused.diagnostic().at().file(), refused.getMessage());
  }
}
