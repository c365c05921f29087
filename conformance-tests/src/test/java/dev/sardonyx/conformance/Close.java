package dev.sardonyx.conformance;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.testkit.Tolerance;

/** Compares what we compute with what a reference computed. */
final class Close {
  private Close() {}

  /** Type and shape are the same, and |actual - expected| ≤ tolerance · (1 + |expected|). */
  static void assertClose(String what, Tensor expected, Tensor actual, double tolerance) {
    new Tolerance(tolerance, tolerance).check(what, expected, actual);
  }
}
