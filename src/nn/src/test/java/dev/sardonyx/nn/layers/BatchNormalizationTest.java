package dev.sardonyx.nn.layers;

import static dev.sardonyx.nn.layers.BatchNormalization.batchNormalization;
import static org.junit.jupiter.api.Assertions.assertEquals;

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

  /** The statistics inputs of the operator in training mode are overwritten by ONNX Runtime. */
  @Test
  void trainingIsNot() {
    ProbeCall training = new ProbeCall(true);
    List<Object> operators = operators(batchNormalization(), "float32[N,3]", training);
    assertEquals(0, operators.stream().filter(op -> op instanceof Normalization).count());
    assertEquals(Set.of("moving_mean", "moving_variance"), training.updates.keySet());
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
