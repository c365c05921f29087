package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.type.Tensor;
import java.util.Arrays;

/** Mean and variance of data in batches, for each position along some axes. */
final class Moments {
  private final double[] mean;
  private final double[] variance;
  private double total;

  Moments(long positions) {
    mean = new double[Math.toIntExact(positions)];
    variance = new double[mean.length];
  }

  /** Takes a batch in; {@code kept} are the axes along which there is more than one position. */
  void add(Tensor batch, int[] kept) {
    double[] sum = new double[mean.length];
    double[] squares = new double[mean.length];
    int[] places = places(batch.dims(), kept);
    double n = (double) places.length / mean.length;
    for (int i = 0; i < places.length; i++) {
      sum[places[i]] += batch.getDouble(i) / n;
    }
    for (int i = 0; i < places.length; i++) {
      double distance = batch.getDouble(i) - sum[places[i]];
      squares[places[i]] += distance * distance / n;
    }
    merge(sum, squares, n);
  }

  /** Two groups' variance is that within each and that of their means. */
  private void merge(double[] batchMean, double[] batchVariance, double n) {
    total += n;
    double share = total == 0 ? 0 : n / total;
    for (int i = 0; i < mean.length; i++) {
      double before = mean[i];
      double now = before * (1 - share) + batchMean[i] * share;
      variance[i] =
          (variance[i] + (before - now) * (before - now)) * (1 - share)
              + (batchVariance[i] + (batchMean[i] - now) * (batchMean[i] - now)) * share;
      mean[i] = now;
    }
  }

  /** For each element the number of its position. */
  private static int[] places(long[] dims, int[] kept) {
    int size = Math.toIntExact(Arrays.stream(dims).reduce(1, (a, b) -> a * b));
    int[] places = new int[size];
    for (int i = 0; i < size; i++) {
      int rest = i;
      int place = 0;
      int stride = 1;
      for (int axis = dims.length - 1; axis >= 0; axis--) {
        int at = (int) (rest % dims[axis]);
        rest /= (int) dims[axis];
        if (Arrays.binarySearch(kept, axis) >= 0) {
          place += at * stride;
          stride *= (int) dims[axis];
        }
      }
      places[i] = place;
    }
    return places;
  }

  double[] mean() {
    return mean;
  }

  double[] variance() {
    return variance;
  }
}
