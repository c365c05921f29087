package dev.sardonyx.nn.layers;

import static dev.sardonyx.nn.layers.BatchNormalization.batchNormalization;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.compiler.ExpandForGradients;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Normalization;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.Walk;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Which operators do the work; what they compute is compared with Keras elsewhere. */
class BatchNormalizationTest {
  private static final Normalization.BatchNormalization FIXED =
      new Normalization.BatchNormalization(1e-3f, 0.9f, false);

  @Test
  void inferenceIsTheOperator() {
    assertEquals(
        List.of(FIXED), operators(batchNormalization(), "float32[N,3]", new ProbeCall(false)));
    assertEquals(
        List.of(FIXED),
        operators(batchNormalization().axis(1), "float32[N,3,8,8]", new ProbeCall(false)));
  }

  /** It is taken apart before it runs: ONNX Runtime would overwrite the statistics given to it. */
  @Test
  void trainingIsTheOperatorUntilItIsDifferentiated() {
    ProbeCall training = new ProbeCall(true);
    Value x = Value.input("x", TensorType.parse("float32[N,3]"));
    List<Value> results = batchNormalization().lower(training, List.of(x));
    assertEquals(1, normalizations(results));
    assertEquals(Set.of("moving_mean", "moving_variance"), training.updates.keySet());
    List<Value> inputs =
        Walk.topological(results).stream()
            .filter(node -> node.op() instanceof Leaf.Input)
            .map(Node::output)
            .toList();
    Graph graph = Graph.of("g", inputs, results, List.of("y"));
    assertEquals(0, normalizations(new ExpandForGradients().run(graph).outputs()));
  }

  private static long normalizations(List<Value> values) {
    return Walk.topological(values).stream().filter(n -> n.op() instanceof Normalization).count();
  }

  @Test
  void aFrozenLayerKeepsItsStatistics() {
    ProbeCall training = new ProbeCall(true);
    BatchNormalization frozen = batchNormalization();
    frozen.trainable(false);
    assertEquals(List.of(FIXED), operators(frozen, "float32[N,3]", training));
    assertEquals(Set.of(), training.updates.keySet());
  }

  private static List<Object> operators(Layer layer, String type, ProbeCall call) {
    Value x = Value.input("x", TensorType.parse(type));
    return Walk.topological(layer.lower(call, List.of(x))).stream()
        .filter(node -> !node.isLeaf())
        .<Object>map(Node::op)
        .toList();
  }
}
