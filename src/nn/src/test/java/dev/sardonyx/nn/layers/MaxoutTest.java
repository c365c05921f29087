package dev.sardonyx.nn.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.testkit.Evaluate;
import java.util.List;
import org.junit.jupiter.api.Test;

/** By the definition in TensorFlow Addons: features as [pieces, units], the greatest piece. */
class MaxoutTest {
  @Test
  void theGreatestOfEveryPiece() {
    Tensor x = Tensor.of(new float[][] {{1, 5, 4, -3, 2, 9}, {-1, -2, -3, -4, 0, -6}});
    List<Tensor> results = run(Maxout.maxout(2), x);
    assertEquals(Tensor.of(new float[][] {{4, 9}, {0, -2}}), results.get(0));
    assertEquals(Tensor.of(new float[][] {{0, 0, 1, 0, 0, 1}, {0, 1, 0, 0, 1, 0}}), results.get(1));
  }

  @Test
  void alongAnotherAxis() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 8, 7, 6, 5}, 1, 4, 2);
    Tensor y = run(Maxout.maxout(2).axis(1), x).get(0);
    assertEquals(Tensor.of(new float[] {8, 7, 6, 5}, 1, 2, 2), y);
    assertEquals(Tensor.of(new float[] {2, 4, 8, 6}, 1, 4, 1), run(Maxout.maxout(1), x).get(0));
  }

  @Test
  void onePieceIsTheInput() {
    Tensor x = Tensor.of(new float[][] {{1, -5}});
    assertEquals(x, run(Maxout.maxout(2), x).get(0));
  }

  private static List<Tensor> run(Layer layer, Tensor input) {
    Value x = Value.input("x", input.type());
    Value y = layer.lower(new ProbeCall(false), List.of(x)).get(0);
    Value slope = Gradients.of(y).wrt(x).values().get(0);
    return Evaluate.run(Graph.of("maxout", List.of(x), List.of(y.mul(1), slope)), List.of(input));
  }
}
