package dev.sardonyx.nn.layers;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Some of many numbers, each standing for as many as its weight says, in ascending order. As
 * Keras's {@code Discretization} does it, in float32 where NumPy there does.
 */
record QuantileSummary(double[] values, double[] weights) {
  static final QuantileSummary EMPTY = new QuantileSummary(new double[0], new double[0]);

  /** Every so manieth of {@code numbers}, about 1 / epsilon of them. */
  static QuantileSummary of(float[] numbers, double epsilon) {
    float[] sorted = numbers.clone();
    Arrays.sort(sorted);
    double step = Math.max(sorted.length / (1.0 / epsilon), 1);
    int stride = (int) step;
    int start = (int) (step - 1);
    int n = start >= sorted.length ? 0 : (sorted.length - start + stride - 1) / stride;
    double[] values = IntStream.range(0, n).mapToDouble(i -> sorted[start + i * stride]).toArray();
    double[] weights = new double[n];
    Arrays.fill(weights, (float) step);
    return new QuantileSummary(values, weights);
  }

  /** Both together, no larger than {@code epsilon} asks for. */
  QuantileSummary merge(QuantileSummary other, double epsilon) {
    int n = values.length;
    Integer[] order =
        IntStream.range(0, n + other.values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> i < n ? values[i] : other.values[i - n]))
            .toArray(Integer[]::new);
    double[] allValues = new double[order.length];
    double[] allWeights = new double[order.length];
    for (int i = 0; i < order.length; i++) {
      int from = order[i];
      allValues[i] = from < n ? values[from] : other.values[from - n];
      allWeights[i] = from < n ? weights[from] : other.weights[from - n];
    }
    return new QuantileSummary(allValues, allWeights).compress(epsilon);
  }

  /** The numbers between {@code bins} bins of about equal weight. */
  List<Double> boundaries(long bins) {
    double[] found = compress(1.0 / bins).values;
    return Arrays.stream(found, 0, Math.max(found.length - 1, 0)).boxed().toList();
  }

  private QuantileSummary compress(double epsilon) {
    if (values.length * epsilon < 1) {
      return this;
    }
    float[] sums = new float[values.length];
    float sum = 0;
    for (int i = 0; i < sums.length; i++) {
      sum += (float) weights[i];
      sums[i] = sum;
    }
    double[] shares = new double[sums.length];
    double[] cumulative = new double[sums.length];
    for (int i = 0; i < sums.length; i++) {
      shares[i] = sums[i] / sum;
      cumulative[i] = sums[i];
    }
    int steps = (int) Math.ceil(1.0 / epsilon);
    double[] newValues = new double[steps];
    double[] newWeights = new double[steps];
    double before = 0;
    for (int i = 0; i < steps; i++) {
      double share = epsilon + i * epsilon;
      newValues[i] = (float) interpolate(share, shares, values);
      double now = interpolate(share, shares, cumulative);
      newWeights[i] = (float) (now - before);
      before = now;
    }
    return new QuantileSummary(newValues, newWeights);
  }

  /** The value at {@code x} of the line through the points; the ends' beyond them. */
  private static double interpolate(double x, double[] xs, double[] ys) {
    int at = Arrays.binarySearch(xs, x);
    if (at >= 0) {
      return ys[at];
    }
    int next = -at - 1;
    if (next == 0 || next == xs.length) {
      return ys[next == 0 ? 0 : xs.length - 1];
    }
    double slope = (ys[next] - ys[next - 1]) / (xs[next] - xs[next - 1]);
    return slope * (x - xs[next - 1]) + ys[next - 1];
  }
}
