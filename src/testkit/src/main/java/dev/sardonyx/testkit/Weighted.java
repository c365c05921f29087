package dev.sardonyx.testkit;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.runtime.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A function of a graph's inputs: the sum of its outputs times weights. */
final class Weighted implements AutoCloseable {
  private final Graph graph;
  private final Session session;
  private final List<Tensor> data;
  private final List<Tensor> weights;
  private final List<Tensor> here;

  Weighted(
      Function<Graph, Session> open,
      Graph whole,
      List<Value> outputs,
      List<Tensor> data,
      List<Tensor> weights) {
    List<String> names = IntStream.range(0, outputs.size()).mapToObj(k -> "y" + k).toList();
    this.graph = Graph.of("forward", whole.inputs(), outputs, names);
    this.session = open.apply(graph);
    this.data = data;
    this.weights = weights;
    this.here = at(data);
  }

  private List<Tensor> at(List<Tensor> point) {
    return List.copyOf(session.run(Evaluate.byName(graph, point)).values());
  }

  /** The quotients of an input's element, which is moved by the step both ways. */
  Differences.Slopes slopes(int input, int element, double step) {
    Tensor x = data.get(input);
    double large =
        10 * Math.sqrt(Differences.epsilon(x.element())) * Math.abs(x.getDouble(element));
    double h = isFinite(input, element) ? Math.max(step, large) : step;
    List<Tensor> above = moved(input, element, h);
    List<Tensor> below = moved(input, element, -h);
    double right = moved(x, above.get(input), element, h);
    double left = -moved(x, below.get(input), element, -h);
    double rise = difference(beside(above), here);
    double fall = 0.0 - difference(beside(below), here);
    return new Differences.Slopes(
        fall / left, rise / right, (rise + fall) / (right + left), noise() / h);
  }

  /** Whether all that goes in is finite. */
  boolean isFinite() {
    return data.stream()
        .filter(x -> x.element().isFloat())
        .allMatch(x -> Arrays.stream(x.toDoubleArray()).allMatch(Double::isFinite));
  }

  boolean isFinite(int input, int element) {
    return Double.isFinite(data.get(input).getDouble(element));
  }

  /** What is given beside the point, or nothing where ONNX Runtime refuses to go. */
  private List<Tensor> beside(List<Tensor> point) {
    try {
      return at(point);
    } catch (DiagnosticException e) {
      if (!e.diagnostic().code().equals("RT-023")) {
        throw e;
      }
      return List.of();
    }
  }

  /** How far an element went, as rounding leaves it. */
  private static double moved(Tensor from, Tensor to, int element, double h) {
    double way = to.getDouble(element) - from.getDouble(element);
    return Double.isFinite(way) && way != 0 ? way : h;
  }

  private List<Tensor> moved(int input, int element, double h) {
    List<Tensor> copy = new ArrayList<>(data);
    Tensor x = data.get(input);
    double[] values = x.toDoubleArray();
    values[element] += h;
    copy.set(input, Tensor.from(x.element(), values, x.dims()));
    return copy;
  }

  /** What is infinite or not a number here and there does not change; shapes do by a jump. */
  private double difference(List<Tensor> to, List<Tensor> from) {
    if (to.isEmpty()) {
      return Double.NaN;
    }
    double sum = 0;
    for (int k = 0; k < weights.size(); k++) {
      Tensor weight = weights.get(k);
      if (!Arrays.equals(to.get(k).dims(), weight.dims())) {
        return Double.POSITIVE_INFINITY;
      }
      for (int i = 0; i < weight.size(); i++) {
        double a = from.get(k).getDouble(i);
        double b = to.get(k).getDouble(i);
        if (Double.compare(a, b) != 0 && weight.getDouble(i) != 0) {
          sum += (b - a) * weight.getDouble(i);
        }
      }
    }
    return sum;
  }

  private double noise() {
    double sum = 0;
    for (int k = 0; k < weights.size(); k++) {
      double largest = 0;
      for (int i = 0; i < here.get(k).size(); i++) {
        double y = Math.abs(here.get(k).getDouble(i));
        largest = Double.isFinite(y) ? Math.max(largest, y) : largest;
      }
      sum += 4 * largest * Differences.epsilon(here.get(k).element());
    }
    return sum;
  }

  @Override
  public void close() {
    session.close();
  }
}
