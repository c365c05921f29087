package dev.sardonyx.nn.activations;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.testkit.Evaluate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ActivationTest {
  /** What Keras 3.15 gives for -4, -0.5, 0, 2. */
  @ParameterizedTest
  @CsvSource({
    "relu6, 0, 0, 0, 2",
    "silu, -0.07194484, -0.1887703, 0, 1.761594",
    "swish, -0.07194484, -0.1887703, 0, 1.761594",
    "hard_sigmoid, 0, 0.4166667, 0.5, 0.8333333",
    "hard_silu, 0, -0.2083333, 0, 1.666667",
    "mish, -0.07259174, -0.2207438, 0, 1.943959",
    "gelu, -0.0001264811, -0.1542688, 0, 1.9545",
    "log_sigmoid, -4.01815, -0.974077, -0.6931472, -0.126928",
    "tanh_shrink, -3.000671, -0.03788283, 0, 1.035972"
  })
  void activationsAreKerass(String name, double a, double b, double c, double d) {
    Value x = Value.input("x", TensorType.parse("float32[4]"));
    Graph graph = Graph.of(name, List.of(x), List.of(Activation.of(name).apply(x)));
    Tensor y = Evaluate.run(graph, List.of(Tensor.of(new float[] {-4, -0.5f, 0, 2}))).get(0);
    assertArrayEquals(new double[] {a, b, c, d}, y.toDoubleArray(), 1e-5);
  }

  @Test
  void activationsHaveTheNamesOfKeras() {
    assertSame(Activation.RELU, Activation.of("relu"));
    Diagnostic refused =
        assertThrows(DiagnosticException.class, () -> Activation.of("rely")).diagnostic();
    assertEquals("[NN-032] there is no activation called rely", refused.toString().split("\n")[0]);
    assertEquals("ActivationTest.java", refused.at().file());
  }
}
