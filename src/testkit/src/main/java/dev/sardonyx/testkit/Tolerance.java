package dev.sardonyx.testkit;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.Locale;

/**
 * How far results may be from the expected ones: {@code |actual - expected| ≤ absolute + relative ·
 * |expected|}. Types and shapes must be the same, and everything but floats exactly equal. NaN is
 * equal to NaN, and an infinity to itself.
 */
public record Tolerance(double relative, double absolute) {
  /** The tolerance of the standard's own cases. */
  public static final Tolerance STANDARD = new Tolerance(1e-3, 1e-7);

  /** bfloat16 has eight significant bits; two roundings and a carry are within this. */
  private static final double BFLOAT16 = 0x1p-6;

  /**
   * Throws an {@link AssertionError} that names the worst element if the tensors differ by more.
   */
  public void check(String what, Tensor expected, Tensor actual) {
    if (!expected.type().equals(actual.type())) {
      throw new AssertionError(
          "%s: expected %s, got %s".formatted(what, expected.type(), actual.type()));
    }
    if (!expected.element().isFloat()) {
      if (!expected.equals(actual)) {
        throw new AssertionError(
            "%s: expected %s, got %s".formatted(what, shown(expected), shown(actual)));
      }
      return;
    }
    Tolerance own =
        expected.element() == ElementType.BFLOAT16
            ? new Tolerance(Math.max(relative, BFLOAT16), absolute)
            : this;
    own.checkFloats(what, expected, actual);
  }

  private static String shown(Tensor tensor) {
    String text = tensor.toString();
    return text.length() <= 200 ? text : text.substring(0, 200) + "…";
  }

  private void checkFloats(String what, Tensor expected, Tensor actual) {
    double worst = 0;
    long at = -1;
    double greatest = 0;
    for (long i = 0; i < expected.size(); i++) {
      double e = expected.getDouble(i);
      double a = actual.getDouble(i);
      if (Double.compare(e, a) != 0 && e != a) {
        double difference = Math.abs(a - e);
        double excess = difference - absolute - relative * Math.abs(e);
        // Not greater: a NaN on one side only is the worst of all.
        if (!(excess <= worst) || Double.isNaN(excess)) {
          worst = Double.isNaN(excess) ? Double.POSITIVE_INFINITY : excess;
          at = i;
        }
        greatest = Math.max(greatest, difference);
      }
    }
    if (at >= 0) {
      throw new AssertionError(
          String.format(
              Locale.ROOT,
              "%s: max |diff| %.1e, allowed %.1e + %.1e·|expected|; element %s: expected %s, got %s",
              what,
              greatest,
              absolute,
              relative,
              at,
              expected.getDouble(at),
              actual.getDouble(at)));
    }
  }
}
