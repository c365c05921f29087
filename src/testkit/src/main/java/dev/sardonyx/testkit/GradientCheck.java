package dev.sardonyx.testkit;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.testkit.OpChecks.Built;
import dev.sardonyx.testkit.OpChecks.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Compares a row's gradient with {@linkplain Differences central differences}, and the gradient of
 * the gradient with those of the gradient: in float64 where the standard has it and ONNX Runtime
 * the kernels, else in float32 with a larger step and tolerance. What was checked in float64 must
 * be the same in float32, but for rounding.
 */
final class GradientCheck {
  /**
   * The standard does not define the operator on float64, ONNX Runtime has no kernel for it, or
   * fuses it into one that is not there.
   */
  private static final Set<String> FLOAT64_REFUSED = Set.of("TYPE-003", "GRAPH-020", "RT-002");

  /** How far gradients in float32 and float64 may be from each other, beside the largest. */
  private static final double ROUNDING = 1e-4;

  /** Of so many elements of each input the second derivative is taken. */
  private static final int SECOND_ELEMENTS = 8;

  private final OpCase row;
  private final Shapes shapes;

  GradientCheck(OpCase row, Shapes shapes) {
    this.row = row;
    this.shapes = shapes;
  }

  void run() {
    if (!row.runsInFloat64()) {
      wide();
      return;
    }
    try {
      if (narrows()) {
        wide();
        return;
      }
      fine();
    } catch (DiagnosticException e) {
      if (!lacksFloat64(e)) {
        throw e;
      }
      wide();
    }
  }

  /**
   * Whether the operator makes narrower floats of float64, which small differences do not reach.
   */
  private boolean narrows() {
    return isNarrow(OpChecks.build(row, shapes, ElementType.FLOAT64).node());
  }

  private static boolean isNarrow(Node node) {
    return node.types().stream()
        .anyMatch(
            type ->
                type instanceof TensorType t
                    && t.element().isFloat()
                    && t.element() != ElementType.FLOAT64);
  }

  private static boolean lacksFloat64(DiagnosticException e) {
    return FLOAT64_REFUSED.contains(e.diagnostic().code());
  }

  private void wide() {
    Built built = OpChecks.build(row, shapes, ElementType.FLOAT32);
    Graph graph = built.running(built.node().outputs());
    smooth(Differences.WIDE.check(graph, built.data()));
    if (isTwiceChecked()) {
      second(Differences.WIDE, graph, built.data());
    }
  }

  private void fine() {
    Built built = OpChecks.build(row, shapes, ElementType.FLOAT64);
    Graph graph = built.running(built.node().outputs());
    List<Tensor> exact = smooth(Differences.FINE.check(graph, built.data()));
    narrow(exact);
    if (isTwiceChecked()) {
      Graph gradient = Differences.gradient(graph);
      boolean single = gradient.nodes().stream().anyMatch(GradientCheck::isNarrow);
      second(single ? Differences.WIDE : Differences.FINE, graph, built.data());
    }
  }

  /** In float32 the gradient is that in float64, but for rounding. */
  private void narrow(List<Tensor> exact) {
    Built built = OpChecks.build(row, shapes, ElementType.FLOAT32);
    Graph graph = built.running(built.node().outputs());
    List<Tensor> rounded = Differences.WIDE.atMost(0).check(graph, built.data()).gradients();
    for (int k = 0; k < exact.size(); k++) {
      double[] values = exact.get(k).toDoubleArray();
      double largest = Arrays.stream(values).map(Math::abs).max().orElse(0);
      for (int i = 0; i < values.length; i++) {
        double narrow = rounded.get(k).getDouble(i);
        if (!(Math.abs(narrow - values[i]) <= ROUNDING * (1 + largest))) {
          throw new AssertionError(
              "gradient %s, element %s: %s in float32, %s in float64"
                  .formatted(k, i, narrow, values[i]));
        }
      }
    }
  }

  private boolean isTwiceChecked() {
    return row.isTwiceDifferentiable() && shapes == Shapes.FIXED;
  }

  /** The gradient of the gradient is the central difference of the gradient. */
  private static void second(Differences differences, Graph graph, List<Tensor> data) {
    Graph gradient = Differences.gradient(graph);
    List<Tensor> all = new ArrayList<>(data);
    SplittableRandom random = new SplittableRandom(2);
    List<Tensor> results = Evaluate.run(graph, data);
    for (Tensor result : results) {
      if (result.element().isFloat()) {
        double[] values = random.doubles(result.size(), 0.5, 1.5).toArray();
        all.add(Tensor.from(result.element(), values, result.dims()));
      }
    }
    try {
      smooth(differences.atMost(SECOND_ELEMENTS).check(gradient, all));
    } catch (AssertionError e) {
      throw new AssertionError("gradient of the gradient: " + e.getMessage(), e);
    }
  }

  private static List<Tensor> smooth(Differences.Found found) {
    if (!found.kinks().isEmpty() || !found.jumps().isEmpty()) {
      throw new AssertionError("not smooth here: " + found.kinks() + found.jumps());
    }
    return found.gradients();
  }

  /** Holds the gradients of a graph's floating-point inputs, in float64, to central differences. */
  static void check(Graph graph, List<Tensor> data) {
    smooth(Differences.FINE.check(graph, data));
  }
}
