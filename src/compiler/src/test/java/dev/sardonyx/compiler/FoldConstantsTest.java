package dev.sardonyx.compiler;

import static dev.sardonyx.compiler.RuleAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The evaluator here only knows what it is asked for; the runtime's own is tested with the layers.
 */
class FoldConstantsTest {
  private final List<Graph> asked = new ArrayList<>();

  private FoldConstants folding(boolean parametersToo, Tensor... answers) {
    return new FoldConstants(
        graph -> {
          asked.add(graph);
          return List.of(answers);
        },
        parametersToo);
  }

  @Test
  void asksOnceForWhatTheRestTakes() {
    assertThat(folding(false, Tensor.scalar(2.5f)))
        .on(
            """
            graph g(x: float32[N]) {
              %1 = Sqrt(2.25)
              %2 = Add(%1, 1.0)
              %3 = Mul(x, %2)
              return y = %3
            }
            """)
        .becomes(
            """
            graph g(x: float32[N]) {
              %1 = Mul(x, 2.5)
              return y = %1
            }
            """);
    assertEquals(1, asked.size());
    assertEquals(1, asked.get(0).outputs().size());
  }

  @Test
  void weightsAreNoConstantsWhileTheyTrain() {
    assertThat(folding(false))
        .on(
            """
            graph g(x: float32[N]) {
              param w: float32[] = 2.0
              %1 = Neg(w)
              %2 = Mul(x, %1)
              return y = %2
            }
            """)
        .doesNotFire();
  }

  @Test
  void whatIsMadeOfFinalWeightsIsAFrozenParameter() {
    assertThat(folding(true, Tensor.scalar(-2f)))
        .on(
            """
            graph g(x: float32[N]) {
              param w: float32[] = 2.0
              "w/neg" = Neg(w)
              %2 = Mul(x, "w/neg")
              return y = %2
            }
            """)
        .becomes(
            """
            graph g(x: float32[N]) {
              frozen "w/neg": float32[] = -2.0
              %1 = Mul(x, "w/neg")
              return y = %1
            }
            """);
  }

  @Test
  void foldedParametersHaveNamesOfTheirOwn() {
    assertThat(folding(true, Tensor.scalar(-2f), Tensor.scalar(4f)))
        .on(
            """
            graph g(x: float32[N]) {
              param w: float32[] = 2.0
              param "w/folded": float32[] = 1.0
              %1 = Neg(w)
              %2 = Mul(w, w)
              %3 = Mul(x, %1)
              %4 = Mul(%3, %2)
              %5 = Mul(%4, "w/folded")
              return y = %5
            }
            """)
        .becomes(
            """
            graph g(x: float32[N]) {
              frozen "w/folded_1": float32[] = -2.0
              frozen "w/folded_2": float32[] = 4.0
              param "w/folded": float32[] = 1.0
              %1 = Mul(x, "w/folded_1")
              %2 = Mul(%1, "w/folded_2")
              %3 = Mul(%2, "w/folded")
              return y = %3
            }
            """);
  }

  @Test
  void aBigFillStaysComputed() {
    assertThat(folding(false))
        .on(
            """
            graph g(x: float32[1000,1000]) {
              %1 = ConstantOfShape([1000, 1000])
              %2 = Add(x, %1)
              return y = %2
            }
            """)
        .doesNotFire();
  }
}
