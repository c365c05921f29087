package dev.sardonyx.testkit;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;

/**
 * How far results may be from the expected ones: {@code |actual - expected| ≤ absolute + relative ·
 * |expected|}. Types and shapes must be the same, and everything but floats exactly equal.
 */
public record Tolerance(double relative, double absolute) {
  /** The tolerance of the standard's own cases. */
  public static final Tolerance STANDARD = new Tolerance(1e-3, 1e-7);

  /**
   * Throws an {@link AssertionError} that names the worst element if the tensors differ by more.
   */
  public void check(String what, Tensor expected, Tensor actual) {
    if (!expected.type().equals(actual.type())) {
      throw new AssertionError(
          "%s: expected %s, got %s".formatted(what, expected.type(), actual.type()));
    }
    if (expected.element() == ElementType.STRING || !expected.element().isFloat()) {
      if (!expected.equals(actual)) {
        throw new AssertionError("%s: expected %s, got %s".formatted(what, expected, actual));
      }
      return;
    }
    checkFloats(what, expected, actual);
  }

  private void checkFloats(String what, Tensor expected, Tensor actual) {
    double worst = 0;
    long at = -1;
    for (long i = 0; i < expected.size(); i++) {
      double e = expected.getDouble(i);
      double a = actual.getDouble(i);
      if (Double.compare(e, a) != 0 && e != a) {
        double excess = Math.abs(a - e) - absolute - relative * Math.abs(e);
        // Not greater: a NaN on one side only is the worst of all.
        if (!(excess <= worst) || Double.isNaN(excess)) {
          worst = Double.isNaN(excess) ? Double.POSITIVE_INFINITY : excess;
          at = i;
        }
      }
    }
    if (at >= 0) {
      throw new AssertionError(
          "%s: element %d: expected %s, got %s; allowed %.1e + %.1e·|expected|"
              .formatted(
                  what, at, expected.getDouble(at), actual.getDouble(at), absolute, relative));
    }
  }
}
