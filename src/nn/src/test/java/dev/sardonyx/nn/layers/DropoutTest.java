package dev.sardonyx.nn.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.testkit.Evaluate;
import java.util.List;
import org.junit.jupiter.api.Test;

class DropoutTest {
  private static final Tensor X = Tensor.of(new float[] {1, -2, 3, Float.POSITIVE_INFINITY, 5, 6});

  private static final Tensor UNIFORM = Tensor.of(new float[] {0, 0.19f, 0.2f, 0.1f, 0.9f, 0.999f});

  @Test
  void theDrawnPartIsDroppedAndTheRestScaledUp() {
    ProbeCall training = new ProbeCall(true);
    Value x = Value.input("x", X.type());
    Value y = call(Dropout.dropout(0.2), training, x);
    Value slope = Gradients.of(y).wrt(x).values().get(0);
    Graph graph = Graph.of("dropout", List.of(x, training.uniform.get(0)), List.of(y, slope));
    List<Tensor> results = Evaluate.run(graph, List.of(X, UNIFORM));
    assertArrayEquals(
        new float[] {0, 0, 3 / 0.8f, 0, 5 / 0.8f, 6 / 0.8f}, results.get(0).toFloatArray(), 1e-5f);
    assertArrayEquals(
        new float[] {0, 0, 1.25f, 0, 1.25f, 1.25f}, results.get(1).toFloatArray(), 1e-6f);
    assertEquals(1, training.uniform.size());
    assertEquals(List.of(), training.seeds);
  }

  @Test
  void aSeedOfItsOwnReachesTheRandomStream() {
    ProbeCall training = new ProbeCall(true);
    call(Dropout.dropout(0.2).seed(77), training, Value.input("x", X.type()));
    assertEquals(List.of(77L), training.seeds);
  }

  @Test
  void nothingHappensOutsideTrainingNorWithoutARate() {
    Value x = Value.input("x", X.type());
    ProbeCall inference = new ProbeCall(false);
    assertSame(x, call(Dropout.dropout(0.2), inference, x));
    ProbeCall training = new ProbeCall(true);
    assertSame(x, call(Dropout.dropout(0), training, x));
    assertEquals(List.of(), inference.uniform);
    assertEquals(List.of(), training.uniform);
  }

  @Test
  void aRateOfOneDropsAll() {
    Value x = Value.input("x", X.type());
    Value y = call(Dropout.dropout(1), new ProbeCall(true), x);
    Tensor result = Evaluate.run(Graph.of("dropout", List.of(x), List.of(y)), List.of(X)).get(0);
    assertEquals(Tensor.of(new float[6]), result);
  }

  private static Value call(Layer layer, Call call, Value x) {
    return layer.lower(call, List.of(x)).get(0);
  }
}
