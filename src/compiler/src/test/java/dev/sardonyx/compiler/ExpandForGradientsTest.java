package dev.sardonyx.compiler;

import static dev.sardonyx.compiler.RuleAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.text.GraphText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ExpandForGradientsTest {
  private static final String BATCH =
      """
      graph g(x: float32[N,3,H,W], s: float32[3], b: float32[3], m: float32[3], v: float32[3]) {
        %%1 = BatchNormalization%s(x, s, b, m, v)
        return y = %%1
      }
      """;

  /** How often each operator computes the graph's outputs and all its gradients. */
  private static Map<String, Integer> operators(String text) {
    Graph graph = GraphText.parse(text, "test");
    Graph both = Gradients.of(graph).wrt("x", "s").forward(true).graph();
    Pipeline passes =
        new Pipeline(
            List.of(
                new ExpandForGradients(),
                new ShareCommon(),
                new Simplify(new EliminateIdentity(), new KnownContent()),
                new ShareCommon()));
    Map<String, Integer> counts = new TreeMap<>();
    passes
        .run(both)
        .nodes()
        .forEach(n -> counts.merge(OpSchema.of(n.op()).type(), 1, Integer::sum));
    return counts;
  }

  @Test
  void aLayersMeanAndVarianceAreComputedOnce() {
    Map<String, Integer> counts =
        operators(
            """
            graph g(x: float32[N,4], s: float32[4]) {
              %1 = LayerNormalization(x, s)
              return y = %1
            }
            """);
    assertEquals(null, counts.get("LayerNormalization"));
    // Of x and of its square, and of the two terms that the gradient takes off.
    assertEquals(4, counts.get("ReduceMean"));
    assertEquals(1, counts.get("Sqrt"));
  }

  @Test
  void aBatchsMeanAndVarianceAreComputedOnce() {
    Map<String, Integer> counts = operators(BATCH.formatted("<training_mode=1>"));
    assertEquals(null, counts.get("BatchNormalization"));
    assertEquals(2, counts.get("ReduceMean"));
    assertEquals(1, counts.get("Sqrt"));
  }

  @Test
  void theErrorFunctionIsComputedOnce() {
    Map<String, Integer> counts =
        operators(
            """
            graph g(x: float32[N,4], s: float32[4]) {
              %1 = Gelu(x)
              %2 = Mul(%1, s)
              return y = %2
            }
            """);
    assertEquals(1, counts.get("Erf"));
  }

  @Test
  void fixedStatisticsStay() {
    assertThat(new ExpandForGradients()).on(BATCH.formatted("")).doesNotFire();
  }
}
