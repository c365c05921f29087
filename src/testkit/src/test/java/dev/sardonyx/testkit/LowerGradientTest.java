package dev.sardonyx.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.compiler.LowerGradient;
import dev.sardonyx.ir.ControlFlow;
import dev.sardonyx.ir.Gradient;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;

class LowerGradientTest {
  private final Value a = Value.input("a", TensorType.scalar(ElementType.FLOAT32));
  private final Value b = Value.input("b", TensorType.scalar(ElementType.FLOAT32));

  private double[] run(double x, double y, Value... outputs) {
    Graph graph = Graph.of("g", List.of(a, b), List.of(outputs));
    Graph lowered = new LowerGradient().run(graph);
    return Evaluate.run(lowered, List.of(Tensor.scalar((float) x), Tensor.scalar((float) y)))
        .stream()
        .mapToDouble(t -> t.getDouble(0))
        .toArray();
  }

  private static List<Value> gradient(List<String> xs, List<String> zs, String y, Value... at) {
    return Node.of(new Gradient(xs, y, zs), at).outputs();
  }

  @Test
  void byBothFactors() {
    Value c = a.mul(b).named("c");
    List<Value> d = gradient(List.of("a", "b"), List.of(), "c", a, b);
    double[] results = run(3, 5, c, d.get(0), d.get(1));
    assertEquals(15, results[0]);
    assertEquals(5, results[1]);
    assertEquals(3, results[2]);
  }

  @Test
  void atAnotherPoint() {
    Value c = a.mul(a).mul(b).named("c");
    // 2ab at a = b', b = 7.
    Value da = gradient(List.of("a"), List.of("b"), "c", b, Value.scalar(a.element(), 7)).get(0);
    assertEquals(2 * 5 * 7, run(3, 5, da, c)[0]);
  }

  @Test
  void byAnIntermediateValue() {
    Value h = a.mul(b).named("h");
    Value y = h.square().named("y");
    assertEquals(2 * 15, run(3, 5, y, gradient(List.of("h"), List.of(), "y", h).get(0))[1]);
  }

  @Test
  void ofAGradient() {
    Value y = a.mul(a).mul(a).mul(b).named("y");
    Value dy = gradient(List.of("a"), List.of("b"), "y", a, b).get(0).named("dy");
    List<Value> second = gradient(List.of("a", "b"), List.of(), "dy", a, b);
    double[] results = run(3, 5, y, dy, second.get(0), second.get(1));
    assertEquals(3 * 9 * 5, results[1]);
    assertEquals(6 * 3 * 5, results[2]);
    assertEquals(3 * 9, results[3]);
  }

  /** y = a² b and dy/da = 2 a b: by a their sum has 2 a b + 2 b. */
  @Test
  void ofValuesThatAreMadeOfOne() {
    Value y = a.mul(a).mul(b).named("y");
    Value dy = gradient(List.of("a"), List.of("b"), "y", a, b).get(0);
    Value da = Gradients.of(y.add(dy)).wrt(a).values().get(0);
    assertEquals(2 * 3 * 5 + 2 * 5, run(3, 5, da)[0]);
  }

  @Test
  void inABodyItKnowsNoNames() {
    Value y =
        ControlFlow.branch(
                a.gt(0),
                () -> gradient(List.of("a"), List.of("b"), "y", a, b.mul(2)),
                () -> List.of(b))
            .get(0);
    Gradients asked = Gradients.of(y).wrt(b);
    assertEquals(
        "GRAD-004", assertThrows(DiagnosticException.class, asked::values).diagnostic().code());
  }

  @Test
  void aGraphWithoutStaysItself() {
    Graph graph = Graph.of("g", List.of(a), List.of(a.relu()));
    assertSame(graph, new LowerGradient().run(graph));
  }

  @Test
  void refusesANameThatNothingHas() {
    Value lost = gradient(List.of("a"), List.of(), "lost", a).get(0);
    assertRefused("[ATTR-053] Gradient names lost, which no output of the graph depends on", lost);
  }

  @Test
  void refusesACircle() {
    Value d = gradient(List.of("a"), List.of(), "y", a).get(0);
    assertRefused(
        "[ATTR-053] Gradient differentiates what depends on its own result", d.mul(a).named("y"));
  }

  private void assertRefused(String head, Value output) {
    Graph graph = Graph.of("g", List.of(a, b), List.of(output));
    Diagnostic refused =
        assertThrows(DiagnosticException.class, () -> new LowerGradient().run(graph)).diagnostic();
    assertEquals(head, "[" + refused.code() + "] " + refused.message());
  }
}
