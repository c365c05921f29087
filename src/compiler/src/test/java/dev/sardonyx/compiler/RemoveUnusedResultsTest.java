package dev.sardonyx.compiler;

import static dev.sardonyx.compiler.RuleAssert.assertThat;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.ControlFlow.Loop;
import dev.sardonyx.ir.ControlFlow.Turn;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoveUnusedResultsTest {
  private static final String LOOP =
      """
      graph g(a: float32[2], b: float32[2], n: int64[]) {
        %%1, %%2, %%3, %%4 = Loop<body=graph loop(i: int64[], go: bool[], p: float32[2], q: float32[2]) {
          %%1 = Add(p, 1.0)
          %%2 = Mul(q, q)
          %%3 = Neg(q)
          return go = go, p1 = %%1, q1 = %s, p2 = p, q2 = %%3
        }>(n, _, a, b)
        return y = %s
      }
      """;

  @Test
  void aLoopKeepsTheStatesThatItsResultsNeed() {
    assertThat(new RemoveUnusedResults())
        .on(LOOP.formatted("%2", "%4"))
        .becomes(
            """
            graph g(a: float32[2], b: float32[2], n: int64[]) {
              %1, %2 = Loop<body=graph loop(i: int64[], go: bool[], q: float32[2]) {
                %1 = Mul(q, q)
                %2 = Neg(q)
                return go = go, q1 = %1, q2 = %2
              }>(n, _, b)
              return y = %2
            }
            """);
  }

  @Test
  void aStateThatAnotherReadsStays() {
    assertThat(new RemoveUnusedResults())
        .on(LOOP.formatted("p", "%2"))
        .becomes(
            """
            graph g(a: float32[2], b: float32[2], n: int64[]) {
              %1, %2 = Loop<body=graph loop(i: int64[], go: bool[], p: float32[2], q: float32[2]) {
                %1 = Add(p, 1.0)
                return go = go, p1 = %1, q1 = p
              }>(n, _, a, b)
              return y = %2
            }
            """);
  }

  @Test
  void aScanReadsNoSequenceInVain() {
    assertThat(new RemoveUnusedResults())
        .on(
            """
            graph g(a: float32[2], s: float32[5,2], t: float32[2,5]) {
              %1, %2, %3 = Scan<body=graph scan(p: float32[2], e: float32[2], f: float32[2]) {
                %1 = Add(p, e)
                %2 = Neg(f)
                return p1 = %1, y1 = p, y2 = %2
              }, num_scan_inputs=2, scan_input_axes=[0,1], scan_output_axes=[0,1]>(a, s, t)
              return y = %3
            }
            """)
        .becomes(
            """
            graph g(a: float32[2], s: float32[5,2], t: float32[2,5]) {
              %1 = Scan<body=graph scan(f: float32[2]) {
                %1 = Neg(f)
                return y2 = %1
              }, num_scan_inputs=1, scan_input_axes=[1], scan_output_axes=[1]>(t)
              return y = %1
            }
            """);
  }

  @Test
  void branchesGiveOnlyWhatIsUsed() {
    assertThat(new RemoveUnusedResults())
        .on(
            """
            graph g(a: float32[2], c: bool[]) {
              %1, %2 = If<then_branch=graph then(; a: float32[2]) {
                %1 = Neg(a)
                return u = a, v = %1
              }, else_branch=graph else(; a: float32[2]) {
                %1 = Exp(a)
                return u = %1, v = a
              }>(c, a)
              return y = %2
            }
            """)
        .becomes(
            """
            graph g(a: float32[2], c: bool[]) {
              %1 = If<then_branch=graph then(; a: float32[2]) {
                %1 = Neg(a)
                return v = %1
              }, else_branch=graph else(; a: float32[2]) {
                return v = a
              }>(c, a)
              return y = %1
            }
            """);
  }

  @Test
  void whatIsAllUsedStays() {
    assertThat(new RemoveUnusedResults())
        .on(
            """
            graph g(a: float32[2], n: int64[]) {
              %1 = Loop<body=graph loop(i: int64[], go: bool[], p: float32[2]) {
                %1 = Add(p, 1.0)
                return go = go, p1 = %1
              }>(n, _, a)
              return y = %1
            }
            """)
        .doesNotFire();
  }

  /** A sum's gradient needs no state: only those of the product are kept. */
  @Test
  void gradientsKeepNoStateThatTheyDoNotNeed() {
    Value a = Value.input("a", TensorType.of(ElementType.FLOAT32, 2));
    Value b = Value.input("b", TensorType.of(ElementType.FLOAT32, 2));
    Value n = Value.input("n", TensorType.scalar(ElementType.INT64));
    List<Value> results =
        ControlFlow.loop(
            n,
            null,
            List.of(a, b),
            (i, state) -> Turn.of(state.get(0).square(), state.get(1).add(a)));
    List<Value> gradients = Gradients.of(results).wrt(a, b).values();
    Graph graph = Graph.of("gradients", List.of(a, b, n), gradients);
    assertEquals(5, most(graph));
    for (Pass pass : List.of(new TidyBodies(), new RemoveUnusedResults(), new TidyBodies())) {
      graph = pass.run(graph);
    }
    assertEquals(3, most(graph));
  }

  /** The greatest number of results that a loop has. */
  private static int most(Graph graph) {
    return graph.nodes().stream()
        .filter(node -> node.op() instanceof Loop)
        .mapToInt(node -> node.outputs().size())
        .max()
        .orElse(0);
  }
}
