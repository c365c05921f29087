package dev.sardonyx.testkit;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.runtime.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The slopes around a point where several kinks meet. Clarke's subgradients are the limits of
 * gradients from all directions and what lies between them; along one axis alone the function shows
 * two of these only.
 *
 * @param open how graphs are run
 * @param wrt the inputs of {@code graph} that are moved
 */
record Nearby(
    Function<Graph, Session> open,
    Graph graph,
    List<Value> outputs,
    List<Value> wrt,
    List<Tensor> data,
    List<Tensor> cotangents) {
  private static final int PLACES = 64;

  /** How many steps away they are. */
  private static final double FAR = 20;

  /** With wider steps the function's curvature would be in what is found. */
  private static final double WIDEST = 1e-4;

  /** Whether a subgradient by an element lies between the slopes by it around the point. */
  boolean holds(int input, int element, double given, double step, double tolerance) {
    if (step > WIDEST) {
      return false;
    }
    SplittableRandom random = new SplittableRandom(3);
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    double off = 0;
    for (int i = 0; i < PLACES; i++) {
      try (Weighted f = new Weighted(open, graph, outputs, moved(random, step), cotangents)) {
        Differences.Slopes slopes = f.slopes(input, element, step / 10);
        least = Math.min(least, slopes.middle());
        greatest = Math.max(greatest, slopes.middle());
        off = Math.max(off, slopes.off(tolerance));
      }
    }
    return given >= least - off && given <= greatest + off;
  }

  private List<Tensor> moved(SplittableRandom random, double step) {
    List<Tensor> point = new ArrayList<>(data);
    for (Value value : wrt) {
      int input = graph.inputs().indexOf(value);
      Tensor x = data.get(input);
      double[] values =
          Arrays.stream(x.toDoubleArray())
              .map(v -> v + random.nextDouble(-FAR, FAR) * step)
              .toArray();
      point.set(input, Tensor.from(x.element(), values, x.dims()));
    }
    return point;
  }
}
