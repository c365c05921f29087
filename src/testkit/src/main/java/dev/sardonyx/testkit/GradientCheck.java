package dev.sardonyx.testkit;

import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.runtime.Session;
import dev.sardonyx.testkit.OpChecks.Built;
import dev.sardonyx.testkit.OpChecks.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Compares a gradient with central differences, {@code (f(x + h) - f(x - h)) / 2h} for f the sum of
 * the results times random cotangents. In float64 where the standard has it and ONNX Runtime the
 * kernels, else in float32 with a larger step and tolerance.
 */
final class GradientCheck {
  /**
   * The standard does not define the operator on float64, ONNX Runtime has no kernel for it, or
   * fuses it into one that is not there.
   */
  private static final Set<String> FLOAT64_REFUSED = Set.of("TYPE-003", "GRAPH-020", "RT-002");

  private final OpCase row;
  private final Shapes shapes;

  GradientCheck(OpCase row, Shapes shapes) {
    this.row = row;
    this.shapes = shapes;
  }

  void run() {
    if (!row.runsInFloat64()) {
      check(ElementType.FLOAT32, 1e-2, 2e-2);
      return;
    }
    try {
      if (narrows()) {
        check(ElementType.FLOAT32, 1e-2, 2e-2);
        return;
      }
      check(ElementType.FLOAT64, 1e-5, 1e-6);
    } catch (DiagnosticException e) {
      if (!lacksFloat64(e)) {
        throw e;
      }
      check(ElementType.FLOAT32, 1e-2, 2e-2);
    }
  }

  /**
   * Whether the operator makes narrower floats of float64, which small differences do not reach.
   */
  private boolean narrows() {
    return OpChecks.build(row, shapes, ElementType.FLOAT64).node().types().stream()
        .anyMatch(
            type ->
                type instanceof TensorType t
                    && t.element().isFloat()
                    && t.element() != ElementType.FLOAT64);
  }

  private static boolean lacksFloat64(DiagnosticException e) {
    return FLOAT64_REFUSED.contains(e.diagnostic().code());
  }

  private void check(ElementType floats, double h, double tolerance) {
    Built built = OpChecks.build(row, shapes, floats);
    check(built.running(built.node().outputs()), built.data(), h, tolerance);
  }

  /** Holds the gradients of a graph's floating-point inputs, in float64, to central differences. */
  static void check(Graph graph, List<Tensor> data) {
    check(graph, data, 1e-5, 1e-6);
  }

  private static void check(Graph graph, List<Tensor> data, double h, double tolerance) {
    SplittableRandom random = new SplittableRandom(1);
    List<Value> outputs = new ArrayList<>();
    List<Value> cotangents = new ArrayList<>();
    List<Tensor> cotangentData = new ArrayList<>();
    List<Tensor> results = Evaluate.run(graph, data);
    for (int i = 0; i < results.size(); i++) {
      Value output = graph.outputs().get(i);
      if (output.element().isFloat()) {
        double[] values = random.doubles(results.get(i).size(), 0.5, 1.5).toArray();
        outputs.add(output);
        cotangents.add(Value.input("cotangent" + i, output.type()));
        cotangentData.add(Tensor.from(output.element(), values, results.get(i).dims()));
      }
    }
    List<Value> wrt = graph.inputs().stream().filter(v -> v.element().isFloat()).toList();
    if (wrt.isEmpty() || outputs.isEmpty()) {
      throw new AssertionError("there is no floating-point input and output to differentiate");
    }
    List<Tensor> analytic = analytic(graph, data, outputs, wrt, cotangents, cotangentData);
    List<String> names = new ArrayList<>();
    outputs.forEach(o -> names.add("y" + names.size()));
    Graph forward = Graph.of("forward", graph.inputs(), outputs, names);
    try (Session session = Evaluate.open(forward)) {
      for (int k = 0; k < wrt.size(); k++) {
        int position = graph.inputs().indexOf(wrt.get(k));
        compare(session, forward, data, position, cotangentData, analytic.get(k), h, tolerance);
      }
    }
  }

  private static List<Tensor> analytic(
      Graph graph,
      List<Tensor> given,
      List<Value> outputs,
      List<Value> wrt,
      List<Value> cotangents,
      List<Tensor> cotangentData) {
    List<Value> inputs = new ArrayList<>(graph.inputs());
    inputs.addAll(cotangents);
    List<Value> gradients = Gradients.of(outputs).wrt(wrt).with(cotangents).values();
    for (int k = 0; k < wrt.size(); k++) {
      if (!gradients.get(k).element().equals(wrt.get(k).element())) {
        throw new AssertionError("gradient " + k + " is " + gradients.get(k).type());
      }
    }
    List<String> names = new ArrayList<>();
    gradients.forEach(g -> names.add("gradient" + names.size()));
    List<Tensor> data = new ArrayList<>(given);
    data.addAll(cotangentData);
    return Evaluate.run(Graph.of("gradients", inputs, gradients, names), data);
  }

  private static void compare(
      Session session,
      Graph forward,
      List<Tensor> data,
      int position,
      List<Tensor> cotangents,
      Tensor analytic,
      double h,
      double tolerance) {
    Tensor x = data.get(position);
    if (!x.type().equals(analytic.type())) {
      throw new AssertionError(
          "the gradient of input %s is %s, not %s".formatted(position, analytic.type(), x.type()));
    }
    for (int i = 0; i < x.size(); i++) {
      double up = value(session, forward, perturbed(data, position, i, h), cotangents);
      double down = value(session, forward, perturbed(data, position, i, -h), cotangents);
      double numeric = (up - down) / (2 * h);
      double given = analytic.getDouble(i);
      if (!(Math.abs(given - numeric) <= tolerance * (1 + Math.abs(numeric)))) {
        throw new AssertionError(
            "input %s, element %s: gradient %s, central difference %s"
                .formatted(position, i, given, numeric));
      }
    }
  }

  private static List<Tensor> perturbed(List<Tensor> data, int position, int element, double h) {
    List<Tensor> copy = new ArrayList<>(data);
    Tensor x = data.get(position);
    double[] values = x.toDoubleArray();
    values[element] += h;
    copy.set(position, Tensor.from(x.element(), values, x.dims()));
    return copy;
  }

  private static double value(
      Session session, Graph forward, List<Tensor> data, List<Tensor> cotangents) {
    Map<String, Tensor> results = session.run(Evaluate.byName(forward, data));
    double sum = 0;
    int k = 0;
    for (Tensor result : results.values()) {
      Tensor cotangent = cotangents.get(k++);
      for (int i = 0; i < result.size(); i++) {
        sum += result.getDouble(i) * cotangent.getDouble(i);
      }
    }
    return sum;
  }
}
