package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sardonyx.compiler.Pipeline;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.Weight;
import dev.sardonyx.testkit.Evaluate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Our layers against Keras's: outputs, gradients of {@code sum(y · cotangent)}, moving statistics
 * and configurations, for every case there is.
 */
class KerasLayerCasesTest {
  private static final List<KerasCase> CASES = KerasCase.all("layers");

  private static final Pipeline ALL_PASSES =
      Pipeline.training(graph -> List.copyOf(Evaluate.run(graph, Map.of()).values()));

  @TestFactory
  Stream<DynamicNode> layers() {
    return CASES.stream()
        .map(
            reference ->
                dynamicContainer(
                    reference.name(),
                    Stream.of(
                        dynamicTest("fixed sizes", () -> runs(reference, shape -> shape)),
                        dynamicTest("any batch", () -> runs(reference, shape -> batch(shape))),
                        dynamicTest(
                            "any sizes", () -> runs(reference, shape -> sizes(reference, shape))),
                        dynamicTest("all passes", () -> runsOptimized(reference)),
                        dynamicTest("configuration", () -> writesKerasConfiguration(reference)))));
  }

  @Test
  void everyLayerThatKerasHasTooIsHeldToIt() {
    Set<String> classes = new TreeSet<>();
    CASES.forEach(reference -> classes.add(reference.text("class_name")));
    assertEquals(
        new TreeSet<>(
            Set.of(
                "Activation",
                "Add",
                "AveragePooling2D",
                "BatchNormalization",
                "Concatenate",
                "Conv2D",
                "Dense",
                "Dropout",
                "ELU",
                "Flatten",
                "GlobalAveragePooling2D",
                "LeakyReLU",
                "MaxPooling2D",
                "ReLU",
                "Reshape",
                "Softmax")),
        classes);
  }

  private static Layer layer(KerasCase reference) {
    return Config.create(
        Layer.class,
        "layer",
        Map.of("class_name", reference.text("class_name"), "config", reference.object("config")));
  }

  private static void runs(KerasCase reference, UnaryOperator<Shape> shape) {
    Layer layer = layer(reference);
    Graph graph = LayerGraph.of(reference, layer, shape, true);
    assertEquals(reference.list("weights"), layer.weights().stream().map(Weight::name).toList());
    assertEquals(
        reference.list("trainable"),
        layer.weights().stream().filter(Weight::isTrainable).map(Weight::name).toList());
    compare(reference, reference.arraysMatching("y_.*|gx_.*|gw_.*|w_.*_after"), graph);
  }

  private static void runsOptimized(KerasCase reference) {
    Graph graph = LayerGraph.of(reference, layer(reference), shape -> batch(shape), true);
    compare(
        reference, reference.arraysMatching("y_.*|gx_.*|gw_.*|w_.*_after"), ALL_PASSES.run(graph));
  }

  private static void compare(KerasCase reference, Map<String, Tensor> expected, Graph graph) {
    assertEquals(expected.keySet(), Set.copyOf(graph.outputNames()), "what is computed");
    Map<String, Tensor> inputs = new LinkedHashMap<>();
    graph.inputTypes().keySet().forEach(name -> inputs.put(name, reference.array(name)));
    Map<String, Tensor> actual = Evaluate.run(graph, inputs);
    expected.forEach(
        (name, tensor) ->
            Close.assertClose(name, tensor, actual.get(name), reference.number("tolerance")));
  }

  private static Shape batch(Shape shape) {
    return shape.with(0, Dim.symbol("N"));
  }

  /** Every extent a symbol but those that decide on weights, and those that are stretched. */
  private static Shape sizes(KerasCase reference, Shape shape) {
    List<Dim> dims = new ArrayList<>();
    int fixed = featureAxis(reference, shape.rank());
    for (int i = 0; i < shape.rank(); i++) {
      Dim extent = shape.dim(i);
      boolean keeps = i > 0 && (i == fixed || extent.is(1));
      dims.add(keeps ? extent : Dim.symbol(i == 0 ? "N" : "D%d_%s".formatted(i, extent)));
    }
    return Shape.of(dims);
  }

  private static int featureAxis(KerasCase reference, int rank) {
    Map<?, ?> config = reference.object("config");
    boolean first =
        "channels_first".equals(config.get("data_format"))
            || reference.text("class_name").equals("BatchNormalization")
                && config.get("axis").equals(1);
    return first ? 1 : rank - 1;
  }

  /** Our configuration says what Keras's says; the options that we do not have stay neutral. */
  private static void writesKerasConfiguration(KerasCase reference) {
    Layer layer = layer(reference);
    Map<String, Object> written = layer.config();
    reference
        .object("config")
        .forEach(
            (key, value) ->
                assertEquals(plain(key, value), plain(key, written.get(key)), key.toString()));
    assertEquals(
        written,
        Config.create(Layer.class, "layer", layer.serialize()).config(),
        "read and written again");
  }

  /** Without the type policy and without modules: Keras looks classes up by name too. */
  private static Object plain(Object key, Object value) {
    if (key.equals("dtype")) {
      return "float32";
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> kept = new LinkedHashMap<>();
      map.forEach((k, v) -> kept.put(k.toString(), plain(k, v)));
      kept.keySet().removeAll(List.of("module", "registered_name"));
      return kept;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(v -> plain("", v)).toList();
    }
    return value instanceof Number n ? (Object) n.doubleValue() : value;
  }
}
