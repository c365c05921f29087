package dev.sardonyx.cli.product;

import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import java.util.Locale;

/**
 * How a sample of numbers lies.
 *
 * @param count how many there are
 * @param variance the mean square distance from the mean
 */
record Moments(long count, double mean, double variance, double min, double max) {
  /** Six standard deviations: chance alone exceeds them once in 500 million times. */
  static final double SIGMAS = 6;

  static Moments of(List<Tensor> samples) {
    long count = 0;
    double sum = 0;
    double squares = 0;
    double min = Double.POSITIVE_INFINITY;
    double max = Double.NEGATIVE_INFINITY;
    for (Tensor sample : samples) {
      for (long i = 0; i < sample.size(); i++) {
        double x = sample.getDouble(i);
        count++;
        sum += x;
        squares += x * x;
        min = Math.min(min, x);
        max = Math.max(max, x);
      }
    }
    double mean = count == 0 ? 0 : sum / count;
    return new Moments(count, mean, count == 0 ? 0 : squares / count - mean * mean, min, max);
  }

  /**
   * Requires the moments of a distribution.
   *
   * @param kurtosis the fourth central moment over the square of the second, which says how far the
   *     variance of a sample strays: 3 of a normal distribution, 1.8 of a uniform one
   */
  void require(String what, double wantedMean, double wantedVariance, double kurtosis) {
    double meanStrays = SIGMAS * Math.sqrt(wantedVariance / count);
    double varianceStrays =
        SIGMAS * wantedVariance * Math.sqrt((kurtosis - 1) / count) + wantedVariance / count;
    requireNear(what, "mean", wantedMean, mean, meanStrays);
    requireNear(what, "variance", wantedVariance, variance, varianceStrays);
  }

  /** Requires that this may be of the distribution that another sample is of. */
  void requireLike(String what, Moments other) {
    double spread = Math.max(variance, other.variance);
    double strays = SIGMAS * Math.sqrt(spread * (1.0 / count + 1.0 / other.count));
    requireNear(what, "mean", other.mean, mean, strays);
    boolean shares = other.min >= 0 && other.max <= 1;
    if (shares && (min < 0 || max > 1)) {
      throw new Mismatch("%s lies between %s and %s, not 0 and 1".formatted(what, min, max));
    }
  }

  static void requireNear(String what, String moment, double wanted, double actual, double strays) {
    if (!(Math.abs(actual - wanted) <= strays + 1e-6 * Math.abs(wanted))) {
      throw new Mismatch(
          String.format(
              Locale.ROOT,
              "output %s: expected a %s of %.4g ± %.2g, got %.4g",
              what,
              moment,
              wanted,
              strays,
              actual));
    }
  }
}
