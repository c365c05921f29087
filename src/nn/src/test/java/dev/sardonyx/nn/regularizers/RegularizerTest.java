package dev.sardonyx.nn.regularizers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.testkit.Evaluate;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class RegularizerTest {
  private static final Tensor WEIGHT = Tensor.of(new float[][] {{1, -2}, {3, 0}});

  @Test
  void l1IsTheSumOfMagnitudes() {
    check(L1.l1(), 0.01 * 6, 0.01, -0.01, 0.01, 0);
    check(L1.l1(0.5), 0.5 * 6, 0.5, -0.5, 0.5, 0);
  }

  @Test
  void l2IsTheSumOfSquares() {
    check(L2.l2(), 0.01 * 14, 0.02, -0.04, 0.06, 0);
    check(L2.l2(0.5), 0.5 * 14, 1, -2, 3, 0);
  }

  @Test
  void l1l2IsTheSumOfBoth() {
    check(L1L2.l1l2(0.5, 0.25), 0.5 * 6 + 0.25 * 14, 1, -1.5, 2, 0);
    check(L1L2.l1l2(0, 0.25), 0.25 * 14, 0.5, -1, 1.5, 0);
    check(L1L2.l1l2(0.5, 0), 0.5 * 6, 0.5, -0.5, 0.5, 0);
    check(L1L2.l1l2(0, 0), 0, 0, 0, 0, 0);
  }

  @Test
  void orthogonalRowsCostNothing() {
    // Rows (1, -2) and (3, 0) have the cosine 1/√5, columns (1, 3) and (-2, 0) -1/√10.
    OrthogonalRegularizer rows =
        OrthogonalRegularizer.orthogonalRegularizer(0.1, OrthogonalRegularizer.Mode.ROWS);
    Value w = Value.input("w", WEIGHT.type());
    Graph graph = Graph.of("penalty", List.of(w), List.of(rows.penalty(w)));
    assertEquals(0.1 / Math.sqrt(5), only(graph, WEIGHT), 1e-6);
    assertEquals(0, only(graph, Tensor.of(new float[][] {{1, -2}, {4, 2}})), 1e-6);
    OrthogonalRegularizer columns =
        OrthogonalRegularizer.orthogonalRegularizer(0.1, OrthogonalRegularizer.Mode.COLUMNS);
    Graph ofColumns = Graph.of("penalty", List.of(w), List.of(columns.penalty(w)));
    assertEquals(0.1 / Math.sqrt(10), only(ofColumns, WEIGHT), 1e-6);
    Value vector = Value.input("v", TensorType.parse("float32[3]"));
    DiagnosticException refused =
        assertThrows(DiagnosticException.class, () -> rows.penalty(vector));
    assertEquals("NN-012", refused.diagnostic().code());
  }

  private static double only(Graph graph, Tensor weight) {
    return Evaluate.run(graph, List.of(weight)).get(0).getDouble(0);
  }

  private static void check(Regularizer regularizer, double penalty, double... gradient) {
    Value w = Value.input("w", WEIGHT.type());
    Value value = regularizer.penalty(w);
    Value slope = Gradients.of(value).wrt(w).values().get(0);
    List<Tensor> results =
        Evaluate.run(Graph.of("penalty", List.of(w), List.of(value, slope)), List.of(WEIGHT));
    assertEquals(0, results.get(0).shape().rank());
    assertEquals(penalty, results.get(0).getDouble(0), 1e-6);
    assertArrayEquals(gradient, results.get(1).toDoubleArray(), 1e-6);
  }

  @Test
  void configurationsAreReadBack() {
    for (Regularizer regularizer :
        List.of(
            L1.l1(0.5),
            L2.l2(0.25),
            L1L2.l1l2(0.1, 0.2),
            OrthogonalRegularizer.orthogonalRegularizer())) {
      Regularizer read =
          Config.create(Regularizer.class, "kernel_regularizer", regularizer.serialize());
      assertEquals(regularizer.getClass(), read.getClass());
      assertEquals(regularizer.config(), read.config());
    }
    assertEquals("{l1=0.5}", L1.l1(0.5).config().toString());
    assertEquals("{l2=0.01}", L2.l2().config().toString());
    assertEquals("{l1=0.1, l2=0.2}", L1L2.l1l2(0.1, 0.2).config().toString());
  }

  @Test
  void rewardsAreRefused() {
    assertRefused("option l1 of L1 is a number that is not negative, got -0.1", () -> L1.l1(-0.1));
    assertRefused(
        "option l2 of L2 is a number that is not negative, got NaN", () -> L2.l2(Double.NaN));
    assertRefused(
        "option l2 of L1L2 is a number that is not negative, got -1.0", () -> L1L2.l1l2(0, -1));
  }

  private static void assertRefused(String message, Executable work) {
    DiagnosticException refused = assertThrows(DiagnosticException.class, work);
    assertEquals("NN-006", refused.diagnostic().code());
    assertEquals(message, refused.diagnostic().message());
    assertEquals("RegularizerTest.java", refused.diagnostic().at().file());
  }
}
