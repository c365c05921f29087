package dev.sardonyx.nn;

import static dev.sardonyx.nn.Fit.Verbosity.SILENT;
import static dev.sardonyx.nn.Fit.epochs;
import static dev.sardonyx.nn.layers.Dense.dense;
import static dev.sardonyx.nn.layers.Input.input;
import static dev.sardonyx.nn.layers.OnnxLayer.onnxLayer;
import static dev.sardonyx.nn.losses.MeanSquaredError.meanSquaredError;
import static dev.sardonyx.nn.optimizers.SGD.sgd;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.Gated;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Normalization.BatchNormalization;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.OnnxLayer;
import dev.sardonyx.onnx.ModelSummary;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.testkit.Evaluate;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** Networks from ONNX files that are trained on. */
class OnnxLayerTest {
  private static final Tensor X =
      Tensor.of(new float[][] {{1, 2, -1}, {0.5f, -1, 3}, {2, 0, 1}, {-1, 1, 0.25f}});
  private static final Tensor Y = Tensor.of(new float[][] {{1, 0}, {0, 2}, {1, 1}, {0, -1}});

  /** Two products with a batch normalization between them, scaled by a scalar. */
  private static Graph net(String type) {
    Value x = Value.input("x", TensorType.parse(type));
    Value first = Value.parameter("a.weight", numbers(3, 2));
    Value hidden = x.matMul(first).add(Value.parameter("a.bias", numbers(2)));
    Value normal =
        Node.of(
                new BatchNormalization(1e-5f, 0.9f, false),
                hidden,
                Value.parameter("norm.weight", numbers(2)),
                Value.parameter("norm.bias", numbers(2)),
                Value.parameter("norm.mean", numbers(2)),
                Value.parameter("norm.var", Tensor.of(new float[] {1, 2})))
            .output();
    Value features = normal.tanh().named("features");
    Value product = features.matMul(Value.parameter("b.weight", numbers(2, 2)));
    Value scaled = product.mul(Value.parameter("scale", Tensor.scalar(2f)));
    return Graph.of("net", List.of(x), List.of(scaled), List.of("logits"));
  }

  private static Graph net() {
    return net("float32[batch,3]");
  }

  private static Tensor numbers(long... dims) {
    int size = 1;
    for (long dim : dims) {
      size *= (int) dim;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = (i + 1) * 0.25f * (i % 2 == 0 ? 1 : -1);
    }
    return Tensor.of(values, dims);
  }

  private static Tensor expected() {
    return Evaluate.run(net(), List.of(X)).get(0);
  }

  private static void assertClose(Tensor wanted, Tensor actual) {
    assertEquals(wanted.type(), actual.type());
    for (int i = 0; i < wanted.size(); i++) {
      assertEquals(wanted.getDouble(i), actual.getDouble(i), 1e-5);
    }
  }

  /** The names of the weights that a step of training changes. */
  private static Set<String> moved(Model model) {
    Map<String, Tensor> before = model.weightValues();
    model.fit(X, Y, epochs(2).batchSize(2).verbosity(SILENT));
    Set<String> moved = new TreeSet<>();
    model
        .weightValues()
        .forEach(
            (name, value) -> {
              if (!value.equals(before.get(name))) {
                moved.add(name);
              }
            });
    return moved;
  }

  private static Set<String> moved(OnnxLayer network) {
    try (Model model = Model.of(network)) {
      model.compile(sgd(0.01), meanSquaredError());
      return moved(model);
    }
  }

  @Test
  void aFileIsAModelWithItsOwnNames(@TempDir Path folder) {
    OnnxFile.write(net(), folder.resolve("net.onnx"));
    try (Model model = Model.fromOnnx(folder.resolve("net.onnx"))) {
      assertEquals(List.of("x"), model.inputNames());
      assertEquals(List.of("logits"), model.outputNames());
      assertEquals(
          Set.of(
              "a.weight",
              "a.bias",
              "norm.weight",
              "norm.bias",
              "norm.mean",
              "norm.var",
              "b.weight"),
          model.weightValues().keySet());
      assertEquals(numbers(3, 2), model.weightValues().get("a.weight"));
      assertClose(expected(), model.predict(X));
      model.compile(sgd(0.01), meanSquaredError());
      moved(model);
      model.export(folder.resolve("trained.onnx"));
      Graph trained = OnnxFile.read(folder.resolve("trained.onnx"));
      assertEquals(List.of("logits"), trained.outputNames());
      assertClose(model.predict(X), Evaluate.run(trained, List.of(X)).get(0));
      assertNotEquals(expected(), model.predict(X));
    }
  }

  @Test
  void statisticsAndScalarsStayAsTheyAre() {
    assertEquals(
        Set.of("a.bias", "a.weight", "b.weight", "norm.bias", "norm.weight"),
        moved(onnxLayer(net())));
    assertEquals(Set.of("scale"), moved(onnxLayer(net()).freeze("*").unfreeze("scale")));
    assertFalse(moved(onnxLayer(net()).unfreeze("*")).contains("norm.mean"));
  }

  @Test
  void weightsAreFrozenByName() {
    assertEquals(
        Set.of("b.weight", "norm.bias"), moved(onnxLayer(net()).freeze("a.*", "norm.w?ight")));
    assertEquals(
        Set.of("a.bias"), moved(onnxLayer(net()).freeze("*").unfreeze("*.bias").freeze("n*")));
    assertEquals(Set.of(), moved(onnxLayer(net()).trainable(false)));
  }

  @Test
  void whatTrainsIsSettledByCompile() {
    OnnxLayer network = onnxLayer(net());
    try (Model model = Model.of(network)) {
      model.compile(sgd(0.01), meanSquaredError());
      network.freeze("*");
      assertTrue(moved(model).contains("a.weight"));
      model.compile(sgd(0.01), meanSquaredError());
      network.unfreeze("*");
      assertEquals(Set.of(), moved(model));
      model.compile(sgd(0.01), meanSquaredError());
      assertTrue(moved(model).contains("a.weight"));
    }
  }

  @Test
  void theHeadIsReplaced(@TempDir Path folder) {
    OnnxLayer trunk = onnxLayer(net()).upTo("features").trainable(false).named("trunk");
    try (Model model = Sequential.of(input(3), trunk, dense(2))) {
      assertEquals(List.of("float32[N,2]"), List.of(model.outputs().get(0).type().toString()));
      model.compile(sgd(0.01), meanSquaredError());
      assertEquals(Set.of("dense/bias", "dense/kernel"), moved(model));
      trunk.trainable(true).freeze("a.*");
      model.compile(sgd(0.01), meanSquaredError());
      assertEquals(
          Set.of("dense/bias", "dense/kernel", "trunk/norm.bias", "trunk/norm.weight"),
          moved(model));
      model.save(folder.resolve("model"));
      try (Model loaded = Model.load(folder.resolve("model"))) {
        assertEquals(model.weightValues(), loaded.weightValues());
        assertEquals(model.predict(X), loaded.predict(X));
        assertEquals(moved(model), moved(loaded));
        assertEquals(model.weightValues(), loaded.weightValues());
      }
    }
  }

  @Test
  void aFixedBatchBecomesAnyBatch() {
    try (Model model = Model.of(onnxLayer(net("float32[1,3]")))) {
      assertEquals("float32[N,2]", model.outputs().get(0).type().toString());
      assertClose(expected(), model.predict(X));
    }
  }

  @Test
  void whatCountsOnABatchOfOneIsRefused() {
    Value x = Value.input("x", TensorType.parse("float32[1,3]"));
    assertRefused("NN-027", () -> Model.of(layer(x, x.reshape(1, -1))));
    assertRefused("NN-027", () -> Model.of(layer(x, x.reshape(3).exp().reshape(1, 3))));
    // The same type as for one sample, but a softmax over all of them.
    assertRefused("NN-027", () -> Model.of(layer(x, x.reshape(1, -1).softmax(1).reshape(-1, 3))));
  }

  private static OnnxLayer layer(Value x, Value y) {
    return onnxLayer(Graph.of("f", List.of(x), List.of(y), List.of("y")));
  }

  @Test
  void whatDoesNotFitIsRefused() {
    assertRefused("NN-024", () -> onnxLayer(net()).upTo("body"));
    assertRefused("NN-025", () -> onnxLayer(net()).freeze("c.*"));
    assertRefused("NN-025", () -> onnxLayer(net()).upTo("features").freeze("b.weight"));
    assertRefused("NN-026", () -> onnxLayer(net()).apply(input(4)));
    assertRefused("NN-026", () -> onnxLayer(net()).apply(input(3, 3)));
    assertRefused("NN-026", () -> onnxLayer(net()).apply(input(3).as(ElementType.INT64)));
    assertRefused("NN-015", () -> onnxLayer(net()).apply(input(3), input(3)));
    OnnxLayer applied = onnxLayer(net());
    applied.apply(input(3));
    assertRefused("NN-028", () -> applied.upTo("features"));
    assertRefused("NN-028", () -> applied.unfreeze("scale"));
    Value scalar = Value.input("x", TensorType.parse("float32[]"));
    assertRefused("NN-029", () -> Model.of(layer(scalar, scalar.exp())));
  }

  @Test
  void whatIsNewerThanTheExportIsSaidInOperatorsThatAreThere(@TempDir Path folder) {
    Value x = Value.input("x", TensorType.parse("float32[batch,3]"));
    Value y = Node.of(new Gated.Gelu(Gated.Approximation.NONE), x).output();
    try (Model model = Model.of(layer(x, y))) {
      model.export(folder.resolve("gelu.onnx"));
      assertEquals(Map.of("ai.onnx", 18L), ModelSummary.read(folder.resolve("gelu.onnx")).opsets());
      Graph read = OnnxFile.read(folder.resolve("gelu.onnx"));
      assertClose(model.predict(X), Evaluate.run(read, List.of(X)).get(0));
    }
  }

  @Test
  void sequencesAreRefused() {
    Value x = Value.input("x", new Type.Sequence(TensorType.parse("float32[N]")));
    assertRefused("NN-023", () -> onnxLayer(Graph.of("s", List.of(x), List.of(x))));
  }

  @Test
  void oneLayerInTwoPlacesSharesItsWeights() {
    OnnxLayer network = onnxLayer(net());
    var a = input(3).named("a");
    var b = input(3).named("b");
    List<Layer> layers = new ArrayList<>();
    try (Model model = Model.of(List.of(a, b), List.of(network.apply(a), network.apply(b)))) {
      layers.addAll(model.layers().values());
      assertEquals(List.of(network), layers);
      assertEquals(7, model.weightValues().size());
      List<Tensor> results = model.predict(List.of(X, X), 32);
      assertClose(expected(), results.get(0));
      assertEquals(results.get(0), results.get(1));
    }
  }

  private static void assertRefused(String code, Executable mistake) {
    DiagnosticException refused = assertThrows(DiagnosticException.class, mistake);
    assertEquals(code, refused.diagnostic().code(), refused.getMessage());
    assertEquals(4, refused.getMessage().lines().count(), refused.getMessage());
  }
}
