package dev.sardonyx.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.compiler.scans.ServeByScans;
import dev.sardonyx.ir.ControlFlow.Scan;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Recurrent;
import dev.sardonyx.ir.text.GraphText;
import org.junit.jupiter.api.Test;

class ServeByScansTest {
  private static final String STACKED =
      """
      graph g(x: float32[2,5,3], w: float32[1,16,3], r: float32[1,16,4], v: float32[2,2,4], q: float32[2,2,2]) {
        %1 = LSTM<hidden_size=4, layout=1>(x, w, r)
        %2 = Squeeze(%1, [2])
        %3 = Transpose<perm=[1,0,2]>(%2)
        %4, %5 = RNN<hidden_size=2, direction="bidirectional">(%3, v, q)
        return y = %5
      }
      """;

  /** Samples first, two layers, both directions: each is one scan forwards and one backwards. */
  @Test
  void aGradientsScansServeTheOperators() {
    Graph graph = GraphText.parse(STACKED, "test");
    Graph served =
        new ServeByScans()
            .run(new TidyBodies().run(Gradients.of(graph).wrt("w").forward(true).graph()));
    assertEquals(0, count(served, Recurrent.class));
    assertEquals(6, count(served, Scan.class));
  }

  @Test
  void operatorsAloneStay() {
    Graph graph = GraphText.parse(STACKED, "test");
    assertEquals(graph, new ServeByScans().run(graph));
  }

  /** No gradient flows through the first layer. */
  @Test
  void anOperatorWithoutAGradientStays() {
    Graph graph = GraphText.parse(STACKED, "test");
    Graph served =
        new ServeByScans()
            .run(new TidyBodies().run(Gradients.of(graph).wrt("v").forward(true).graph()));
    assertEquals(1, count(served, Recurrent.class));
    assertEquals(4, count(served, Scan.class));
  }

  private static long count(Graph graph, Class<? extends Op> kind) {
    return graph.nodes().stream().filter(node -> kind.isInstance(node.op())).count();
  }
}
