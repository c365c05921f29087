package dev.sardonyx.ir;

import static dev.sardonyx.ir.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.Optimizing.Adagrad;
import dev.sardonyx.ir.Optimizing.Adam;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OptimizingTest {
  private static Node apply(Op op, String... types) {
    List<Value> inputs = new ArrayList<>();
    inputs.add(Value.input("R", TensorType.parse("float32[]")));
    inputs.add(Value.input("T", TensorType.parse("int64[]")));
    for (String type : types) {
      inputs.add(Value.input("x" + inputs.size(), TensorType.parse(type)));
    }
    return Node.of(op, inputs, Inference.ANY_NUMBER);
  }

  @Test
  void theNewTensorsComeWithoutGradients() {
    Node adam =
        apply(
            new Adam(0.9f, 0.999f, 1e-6f, 0, 0),
            "float32[2,N]",
            "float64[3]",
            "float32[2,?]",
            "float64[?]",
            "float32[?,N]",
            "float64[3]",
            "float32[2,N]",
            "float64[3]");
    TensorType first = TensorType.parse("float32[2,N]");
    TensorType second = TensorType.parse("float64[3]");
    assertEquals(List.of(first, second, first, second, first, second), adam.types());
  }

  @Test
  void refusesHalfATensor() {
    Op op = new Adagrad(0, 1e-6f, 0);
    assertRefused(
        "[ATTR-052] Adagrad cannot tell 2 tensors apart",
        "R: float32[]   T: int64[]   inputs: float32[3]   inputs_3: float32[3]",
        "give 3 for each one to be optimized, after R and T",
        () -> apply(op, "float32[3]", "float32[3]"));
    assertRefused(
        "[SHAPE-023] Adagrad needs axis 0 of inputs and inputs_3 to agree, got 3 and 4",
        "R: float32[]   T: int64[]   inputs: float32[3]   inputs_3: float32[4]   "
            + "inputs_4: float32[3]",
        () -> apply(op, "float32[3]", "float32[4]", "float32[3]"));
    assertRefused(
        "[TYPE-002] Adagrad needs inputs of one element type, got float32 and float64",
        "R: float32[]   T: int64[]   inputs: float32[3]   inputs_3: float64[3]   "
            + "inputs_4: float32[3]",
        () -> apply(op, "float32[3]", "float64[3]", "float32[3]"));
  }

  @Test
  void gradientHasAnInputForEachName() {
    Value x = Value.input("x", TensorType.parse("float32[N]"));
    assertEquals(
        List.of(x.type()), Node.of(new Gradient(List.of("x"), "y", List.of("z")), x, x).types());
    assertRefused(
        "[ATTR-051] Gradient names 1 xs and 1 zs for 1 inputs",
        "Inputs: float32[N]",
        () -> Node.of(new Gradient(List.of("x"), "y", List.of("z")), x));
  }
}
