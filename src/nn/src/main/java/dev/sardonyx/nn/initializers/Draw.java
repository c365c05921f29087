package dev.sardonyx.nn.initializers;

import java.util.SplittableRandom;
import java.util.function.DoubleSupplier;

/**
 * Random numbers that are the same on every machine and every version of Java: uniform ones by the
 * specified SplitMix64, normal ones by {@link StrictMath}.
 */
final class Draw {
  private Draw() {}

  /** Elements of a tensor of the shape {@code dims}, one after the other. */
  static float[] fill(long[] dims, DoubleSupplier element) {
    long size = 1;
    for (long dim : dims) {
      size = Math.multiplyExact(size, dim);
    }
    float[] values = new float[Math.toIntExact(size)];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) element.getAsDouble();
    }
    return values;
  }

  /** In [min, max), rounded to float32. */
  static float[] uniform(long[] dims, SplittableRandom random, double min, double max) {
    return fill(dims, () -> min + random.nextDouble() * (max - min));
  }

  static float[] normal(long[] dims, SplittableRandom random, double mean, double stddev) {
    return fill(dims, () -> mean + stddev * standardNormal(random));
  }

  /** Normal numbers of which those more than two {@code stddev} from the mean are drawn again. */
  static float[] truncatedNormal(long[] dims, SplittableRandom random, double mean, double stddev) {
    return fill(dims, () -> mean + stddev * truncatedStandardNormal(random));
  }

  private static double truncatedStandardNormal(SplittableRandom random) {
    double drawn = standardNormal(random);
    while (Math.abs(drawn) > 2) {
      drawn = standardNormal(random);
    }
    return drawn;
  }

  /** By the polar method, Marsaglia and Bray 1964; its second number is not used. */
  private static double standardNormal(SplittableRandom random) {
    double x;
    double square;
    do {
      x = 2 * random.nextDouble() - 1;
      double y = 2 * random.nextDouble() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    return x * Math.sqrt(-2 * StrictMath.log(square) / square);
  }
}
