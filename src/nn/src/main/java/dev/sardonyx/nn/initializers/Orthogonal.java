package dev.sardonyx.nn.initializers;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A random orthogonal matrix times {@code gain}: the rows, or the columns where there are fewer of
 * them, have the length {@code gain} and right angles between them. Axes but the last count as one.
 * Saxe et al. 2014.
 */
public final class Orthogonal extends RandomInitializer {
  private double gain = 1;

  Orthogonal() {}

  public static Orthogonal orthogonal() {
    return new Orthogonal();
  }

  /** Vectors of the length {@code gain}. */
  public static Orthogonal orthogonal(double gain) {
    Orthogonal made = new Orthogonal();
    made.gain = Allowed.finite(made, "gain", gain);
    return made;
  }

  @Override
  float[] draw(long[] dims, SplittableRandom random) {
    if (dims.length < 2) {
      throw new Diagnostic(
              "NN-012",
              "Orthogonal is for weights of two axes or more, got " + Arrays.toString(dims),
              Location.current(),
              "shape: " + Arrays.toString(dims),
              "use another initializer for this weight")
          .exception();
    }
    int columns = Math.toIntExact(dims[dims.length - 1]);
    int rows = 1;
    for (int i = 0; i < dims.length - 1; i++) {
      rows = Math.multiplyExact(rows, Math.toIntExact(dims[i]));
    }
    int count = Math.min(rows, columns);
    double[][] basis = basis(count, Math.max(rows, columns), random);
    float[] elements = new float[Math.multiplyExact(rows, columns)];
    for (int i = 0; i < elements.length; i++) {
      int row = i / columns;
      int column = i % columns;
      elements[i] = (float) (gain * (rows < columns ? basis[row][column] : basis[column][row]));
    }
    return elements;
  }

  /** Normal vectors made orthonormal by Gram and Schmidt, twice for the sake of rounding. */
  private static double[][] basis(int count, int width, SplittableRandom random) {
    double[][] basis = new double[count][];
    for (int i = 0; i < count; i++) {
      float[] drawn = Draw.normal(new long[] {width}, random, 0, 1);
      double[] vector = new double[width];
      Arrays.setAll(vector, j -> drawn[j]);
      for (int turn = 0; turn < 2; turn++) {
        for (int k = 0; k < i; k++) {
          subtract(vector, basis[k], dot(vector, basis[k]));
        }
      }
      double length = Math.sqrt(dot(vector, vector));
      Arrays.setAll(vector, j -> vector[j] / length);
      basis[i] = vector;
    }
    return basis;
  }

  private static void subtract(double[] from, double[] vector, double times) {
    for (int i = 0; i < from.length; i++) {
      from[i] -= times * vector[i];
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    gain = Allowed.finite(this, "gain", config.number("gain", gain));
  }
}
