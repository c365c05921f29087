package dev.sardonyx.compiler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.GraphDifference;
import dev.sardonyx.ir.Leaf;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Quantizing;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.text.GraphText;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** What the engine does beside the rules; their numbers are tested with the operators' rows. */
class GradientsTest {
  private static void assertGradients(String forward, List<String> wrt, String expected) {
    Graph graph = Gradients.of(GraphText.parse(forward, "forward"), wrt);
    Optional<String> difference =
        GraphDifference.between(GraphText.parse(expected, "expected"), graph);
    assertEquals(Optional.empty(), difference, () -> GraphText.print(graph));
  }

  @Test
  void addsUpTheGradientsOfAValueUsedTwice() {
    assertGradients(
        """
        graph f(a: float32[N], b: float32[N]) {
          %1 = Mul(a, b)
          %2 = Add(%1, a)
          return y = %2
        }
        """,
        List.of("a"),
        """
        graph f_gradients(a: float32[N], b: float32[N], "cotangent(y)": float32[N]) {
          %1 = Mul("cotangent(y)", b)
          %2 = Add("cotangent(y)", %1)
          return "gradient(a)" = %2
        }
        """);
  }

  @Test
  void sumsOverBroadcastAxes() {
    assertGradients(
        """
        graph f(x: float32[N,3], b: float32[3]) {
          %1 = Add(x, b)
          return y = %1
        }
        """,
        List.of("b"),
        """
        graph f_gradients(x: float32[N,3], b: float32[3], "cotangent(y)": float32[N,3]) {
          %1 = ReduceSum<keepdims=0>("cotangent(y)", [0])
          return "gradient(b)" = %1
        }
        """);
  }

  @Test
  void computesNothingThatWasNotAskedFor() {
    Value x = Value.input("x", TensorType.parse("float32[N,3]"));
    Value w = Value.input("w", TensorType.parse("float32[3,2]"));
    Value y = x.matMul(w).tanh();
    Value dw = Gradients.of(y).wrt(w).values().get(0);
    Graph graph = Graph.of("g", List.of(x, w), List.of(dw));
    // One product forward and one for dw: the one for dx is not there.
    long products =
        graph.nodes().stream()
            .filter(n -> n.op().getClass().getSimpleName().matches("MatMul|Gemm"))
            .count();
    assertEquals(2, products, () -> GraphText.print(graph));
  }

  @Test
  void whatTheOutputDoesNotDependOnHasZeros() {
    Value x = Value.input("x", TensorType.parse("float32[2]"));
    Value other = Value.input("other", TensorType.parse("float32[3]"));
    Value gradient = Gradients.of(x.exp()).wrt(other).values().get(0);
    assertEquals(other.type(), gradient.type());
    assertTrue(gradient.op() instanceof Leaf.Constant, gradient::toString);
  }

  @Test
  void nothingFlowsThroughPiecewiseConstantsAndIntegers() {
    Value x = Value.input("x", TensorType.parse("float32[2]"));
    Value y = x.floor().mul(x.gt(0).cast(x.element()));
    Value gradient = Gradients.of(y).wrt(x).values().get(0);
    assertTrue(gradient.op() instanceof Leaf.Constant, gradient::toString);
  }

  /** The range is that of x, so that nothing is clipped, and what is rounded cancels. */
  @Test
  void byChoiceGradientsPassThroughWhatIsQuantizedByItsOwnRange() {
    Value x = Value.input("x", TensorType.parse("float32[2]"));
    Value dy = Value.input("dy", x.type());
    List<Value> q = Node.of(new Quantizing.DynamicQuantizeLinear(), List.of(x), 3).outputs();
    Value y = Value.of(new Quantizing.DequantizeLinear(), q.get(0), q.get(1), q.get(2));
    Gradients asked = Gradients.of(y).wrt(x).with(List.of(dy));
    assertSame(dy, asked.straightThrough().values().get(0));
    assertNotSame(dy, asked.values().get(0));
  }

  @Test
  void gradientsThatPassStraightThroughNeedToKnowWhereScalesBelong() {
    Value x = Value.input("x", TensorType.parse("float32[*]"));
    Value scale = Value.input("scale", TensorType.parse("float32[4]"));
    Value q = Value.of(new Quantizing.QuantizeLinear(), x, scale);
    Value y = Value.of(new Quantizing.DequantizeLinear(), q, scale);
    Gradients asked = Gradients.of(y).wrt(x).straightThrough();
    DiagnosticException e = assertThrows(DiagnosticException.class, asked::values);
    assertEquals("GRAD-004", e.diagnostic().code());
  }

  @Test
  void aDeepGraphNeedsNoDeepStack() {
    Value x = Value.input("x", TensorType.parse("float32[2]"));
    Value y = x;
    for (int i = 0; i < 20_000; i++) {
      y = y.tanh();
    }
    Value gradient = Gradients.of(y).wrt(x).values().get(0);
    assertTrue(Graph.of("deep", List.of(x), List.of(gradient)).nodes().size() > 40_000);
  }

  @Test
  void aNameThatDoesNotExistIsRefused() {
    Graph graph =
        GraphText.parse(
            """
            graph f(x: float32[N]) {
              %1 = Exp(x)
              return y = %1
            }
            """,
            "f");
    DiagnosticException refused =
        assertThrows(DiagnosticException.class, () -> Gradients.of(graph, List.of("z")));
    assertEquals("GRAD-002", refused.diagnostic().code());
    assertEquals("GradientsTest.java", refused.diagnostic().at().file());
  }

  @Test
  void everyOutputNeedsACotangent() {
    Value x = Value.input("x", TensorType.parse("float32[2]"));
    assertThrows(IllegalArgumentException.class, () -> Gradients.of(x.exp()).with(List.of()));
  }

  private static final String TWO =
      """
      graph two(x: float32[N], i: int64[N]) {
        %1 = Exp(x)
        %2 = Neg(x)
        %3 = Neg(i)
        return y = %1, z = %2, k = %3
      }
      """;

  @Test
  void aGraphIsDifferentiatedWhereItHasGradients() {
    Graph gradients = Gradients.of(GraphText.parse(TWO, "two")).graph();
    assertEquals(
        List.of("x", "i", "cotangent(y)", "cotangent(z)"),
        List.copyOf(gradients.inputTypes().keySet()));
    assertEquals(List.of("gradient(x)"), gradients.outputNames());
  }

  @Test
  void cotangentsOfAGraphAreChosenByOutput() {
    Graph two = GraphText.parse(TWO, "two");
    GraphGradients gradients = Gradients.of(two).wrt("x");
    assertEquals(List.of("x"), gradients.names());
    Graph one = gradients.with("z").forward(true).graph();
    assertEquals(List.of("x", "i", "cotangent(z)"), List.copyOf(one.inputTypes().keySet()));
    assertEquals(List.of("y", "z", "k", "gradient(x)"), one.outputNames());
    Graph ones = gradients.with(Map.of("z", two.output("z").onesLike())).graph();
    assertEquals(List.of("x", "i"), List.copyOf(ones.inputTypes().keySet()));
  }

  @Test
  void whatAGraphDoesNotHaveIsRefused() {
    GraphGradients gradients = Gradients.of(GraphText.parse(TWO, "two"));
    assertEquals("GRAD-010", code(() -> gradients.with("gone")));
    assertEquals("GRAD-011", code(() -> gradients.with("k")));
    assertEquals("GRAD-011", code(() -> gradients.wrt("i")));
  }

  private static String code(Executable mistake) {
    return assertThrows(DiagnosticException.class, mistake).diagnostic().code();
  }

  /** What may be absent has the gradient of what is there. */
  @Test
  void outputsThatAreNoTensors() {
    Graph graph =
        GraphText.parse(
            """
            graph g(x: float32[2], y: float32[2]) {
              list = SequenceConstruct(x, y)
              maybe = Optional(list)
              return maybe = maybe
            }
            """,
            "test");
    Graph gradients = Gradients.of(graph, List.of("x"));
    assertEquals("float32[2]", gradients.outputs().get(0).type().toString());
    assertEquals("seq(float32[2])", gradients.inputs().get(2).type().toString());
  }
}
