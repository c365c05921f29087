package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import dev.sardonyx.ir.type.Tensor;

/** Compares what we compute with what a reference computed. */
final class Close {
  private Close() {}

  /** Type and shape are the same, and |actual - expected| ≤ tolerance · (1 + |expected|). */
  static void assertClose(String what, Tensor expected, Tensor actual, double tolerance) {
    assertEquals(expected.type(), actual.type(), what);
    double[] wanted = expected.toDoubleArray();
    double[] got = actual.toDoubleArray();
    for (int i = 0; i < wanted.length; i++) {
      // Written so that NaN is not close to anything.
      if (!(Math.abs(got[i] - wanted[i]) <= tolerance * (1 + Math.abs(wanted[i])))) {
        fail("%s, element %d: expected %s, got %s".formatted(what, i, wanted[i], got[i]));
      }
    }
  }
}
