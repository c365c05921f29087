package dev.sardonyx.ir;

import dev.sardonyx.ir.Resampling.Coordinates;
import dev.sardonyx.ir.Resampling.Interpolation;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Resize along one axis.
 *
 * @param places for each element of the result where it lies in the input
 */
record ResizeAxis(Resampling.Resize op, int wide, double scale, double[] places) {
  static ResizeAxis of(
      Resampling.Resize op, long wide, long narrow, double scale, double start, double end) {
    double exact = scale * wide;
    double[] places = new double[Math.toIntExact(narrow)];
    for (int i = 0; i < places.length; i++) {
      places[i] =
          switch (op.coordinateTransformationMode()) {
            case HALF_PIXEL -> (i + 0.5) / scale - 0.5;
            case HALF_PIXEL_SYMMETRIC ->
                wide / 2.0 * (1 - narrow / exact) + (i + 0.5) / scale - 0.5;
            case PYTORCH_HALF_PIXEL -> exact == 1 ? -0.5 : (i + 0.5) / scale - 0.5;
            case ALIGN_CORNERS -> exact == 1 ? 0 : i * (wide - 1) / (exact - 1);
            case ASYMMETRIC -> i / scale;
            case TF_CROP_AND_RESIZE ->
                start * (wide - 1)
                    + (exact == 1
                        ? (end - start) * (wide - 1) / 2
                        : i * (end - start) * (wide - 1) / (exact - 1));
          };
    }
    return new ResizeAxis(op, Math.toIntExact(wide), scale, places);
  }

  /** Which elements lie outside the input and are not made from it; null where that cannot be. */
  boolean @Nullable [] isOutside() {
    if (op.coordinateTransformationMode() != Coordinates.TF_CROP_AND_RESIZE) {
      return null;
    }
    boolean[] outside = new boolean[places.length];
    boolean any = false;
    for (int i = 0; i < outside.length; i++) {
      outside[i] = places[i] < 0 || places[i] > wide - 1;
      any |= outside[i];
    }
    return any ? outside : null;
  }

  long[] nearest() {
    return Arrays.stream(places)
        .map(
            x ->
                switch (op.nearestMode()) {
                  case ROUND_PREFER_FLOOR -> Math.ceil(x - 0.5);
                  case ROUND_PREFER_CEIL -> Math.floor(x + 0.5);
                  case FLOOR -> Math.floor(x);
                  case CEIL -> Math.ceil(x);
                })
        .mapToLong(x -> inside((long) x))
        .toArray();
  }

  private int inside(long i) {
    return (int) Math.max(0, Math.min(wide - 1, i));
  }

  /** For each element the weight of every element of the input. */
  double[][] weights() {
    double[][] weights = new double[places.length][wide];
    for (int o = 0; o < places.length; o++) {
      double floor = Math.floor(places[o]);
      boolean exact = places[o] == floor;
      double[] taps = taps(exact ? 1 : places[o] - floor);
      long first = (long) floor - taps.length / 2 + (exact ? 0 : 1);
      for (int k = 0; op.excludeOutside() && k < taps.length; k++) {
        taps[k] = first + k < 0 || first + k >= wide ? 0 : taps[k];
      }
      double sum = op.excludeOutside() ? Arrays.stream(taps).sum() : 1;
      for (int k = 0; k < taps.length; k++) {
        weights[o][inside(first + k)] += taps[k] / (sum == 0 ? 1 : sum);
      }
    }
    return weights;
  }

  /** The weights of the taps of an element that lies {@code ratio} behind the middle left one. */
  private double[] taps(double ratio) {
    boolean linear = op.mode() == Interpolation.LINEAR;
    double stretch = op.antialias() ? Math.min(scale, 1) : 1;
    int half = (int) -Math.floor((linear ? -1 : -2) / stretch);
    double[] taps =
        IntStream.rangeClosed(1 - half, half)
            .mapToDouble(k -> Math.abs(stretch * (k - ratio)))
            .map(d -> linear ? Math.max(0, 1 - d) : cubic(d))
            .toArray();
    double sum = op.antialias() ? Arrays.stream(taps).sum() : 1;
    return Arrays.stream(taps).map(t -> t / sum).toArray();
  }

  private double cubic(double x) {
    double a = op.cubicCoeffA();
    if (x <= 1) {
      return ((a + 2) * x - (a + 3)) * x * x + 1;
    }
    return x < 2 ? ((x - 5) * x + 8) * x * a - 4 * a : 0;
  }
}
