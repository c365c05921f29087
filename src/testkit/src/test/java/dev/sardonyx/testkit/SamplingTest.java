package dev.sardonyx.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.ir.Expansion;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Sampling.Bernoulli;
import dev.sardonyx.ir.Sampling.Dropout;
import dev.sardonyx.ir.Sampling.Multinomial;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random choices: what they have in common with what they are drawn from. */
class SamplingTest {
  private static final int SIZE = 20_000;
  private static final TensorType TYPE = TensorType.of(ElementType.FLOAT32, SIZE);

  private static List<Tensor> run(Graph graph, boolean expanded, Tensor input) {
    Graph run = expanded ? Expansion.expand(graph, node -> false) : graph;
    return Evaluate.run(run, List.of(input));
  }

  private static double mean(Tensor tensor) {
    double sum = 0;
    for (int i = 0; i < tensor.size(); i++) {
      sum += tensor.getDouble(i);
    }
    return sum / tensor.size();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void dropoutScalesWhatItKeepsAndItsGradientLikewise(boolean expanded) {
    Value x = Value.input("x", TYPE);
    Value ratio = Value.scalar(ElementType.FLOAT32, 0.2);
    Node node = Node.of(new Dropout(5L), x, ratio, Value.scalar(ElementType.BOOL, 1));
    Value dx = Gradients.of(node.output()).wrt(x).values().get(0);
    // One walk over all three, or the expansion would draw once for each.
    List<Value> results = List.of(node.output(), node.outputs().get(1), dx);
    List<Tensor> all =
        run(
            Graph.of("dropout", List.of(x), results),
            expanded,
            Tensor.full(TYPE.element(), 3, SIZE));
    for (int i = 0; i < SIZE; i++) {
      double kept = all.get(1).getDouble(i);
      assertEquals(kept * 3.75, all.get(0).getDouble(i), 1e-5);
      assertEquals(kept * 1.25, all.get(2).getDouble(i), 1e-5);
    }
    assertEquals(0.8, mean(all.get(1)), 0.02);
  }

  /** Expanded only: the body that the standard gives it has 0 and 1 the wrong way round. */
  @Test
  void bernoulliDrawsWithTheProbabilityGiven() {
    Value x = Value.input("x", TYPE);
    Graph graph = Graph.of("b", List.of(x), List.of(Value.of(new Bernoulli(null, 3f), x)));
    Tensor drawn = run(graph, true, Tensor.full(TYPE.element(), 0.3, SIZE)).get(0);
    for (int i = 0; i < SIZE; i++) {
      assertTrue(drawn.getDouble(i) == 0 || drawn.getDouble(i) == 1);
    }
    assertEquals(0.3, mean(drawn), 0.02);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void multinomialDrawsInProportionToTheExponentials(boolean expanded) {
    Value x = Value.input("x", TensorType.of(ElementType.FLOAT32, 1, 3));
    Value drawn = Value.of(new Multinomial(ElementType.INT32, SIZE, 3f), x);
    float[] logarithms = {(float) Math.log(1), (float) Math.log(2), (float) Math.log(5)};
    Tensor samples =
        run(Graph.of("m", List.of(x), List.of(drawn)), expanded, Tensor.of(logarithms, 1, 3))
            .get(0);
    double[] counts = new double[3];
    for (int i = 0; i < SIZE; i++) {
      counts[(int) samples.getLong(i)]++;
    }
    assertEquals(1 / 8.0, counts[0] / SIZE, 0.02);
    assertEquals(2 / 8.0, counts[1] / SIZE, 0.02);
    assertEquals(5 / 8.0, counts[2] / SIZE, 0.02);
  }
}
