package dev.sardonyx.nn.initializers;

import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Configurable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Windows by the names of {@code scipy.signal.get_window}. */
final class Windows {
  /** Coefficients of sums of cosines: a₀ - a₁·cos(x) + a₂·cos(2x) - … */
  private static final Map<String, List<Double>> COSINES =
      new TreeMap<>(
          Map.of(
              "hann", List.of(0.5, 0.5),
              "hamming", List.of(0.54, 0.46),
              "blackman", List.of(0.42, 0.5, 0.08),
              "nuttall", List.of(0.3635819, 0.4891775, 0.1365995, 0.0106411),
              "blackmanharris", List.of(0.35875, 0.48829, 0.14128, 0.01168),
              "flattop", List.of(0.21557895, 0.41663158, 0.277263158, 0.083578947, 0.006947368)));

  private Windows() {}

  /** A window of {@code n} numbers, periodic or symmetric; refused for an unknown name. */
  static double[] of(Configurable owner, String name, int n, boolean periodic) {
    int span = n - (periodic ? 0 : 1);
    return IntStream.range(0, n)
        .mapToDouble(i -> n == 1 ? one(owner, name) : at(owner, name, (double) i / span))
        .toArray();
  }

  private static double one(Configurable owner, String name) {
    at(owner, name, 0);
    return 1;
  }

  /** The window over [0, 1]. */
  private static double at(Configurable owner, String name, double x) {
    List<Double> coefficients = COSINES.get(name);
    if (coefficients != null) {
      double sum = 0;
      for (int k = 0; k < coefficients.size(); k++) {
        double term = coefficients.get(k) * StrictMath.cos(2 * StrictMath.PI * k * x);
        sum += k % 2 == 0 ? term : -term;
      }
      return sum;
    }
    return switch (name) {
      case "boxcar", "box", "ones", "rect", "rectangular" -> 1;
      case "bartlett", "bart", "brt" -> 1 - Math.abs(2 * x - 1);
      default ->
          throw Allowed.refusal(
              owner,
              "window",
              "a list of numbers, or one of %s, bartlett, boxcar"
                  .formatted(Arrays.asList(COSINES.keySet().toArray())),
              name,
              "give the window's numbers as a list");
    };
  }
}
