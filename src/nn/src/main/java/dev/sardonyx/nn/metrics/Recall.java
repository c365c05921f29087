package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;

/** How many of those that should be yes are found. */
public final class Recall extends ClassMetric<Recall> {
  public static Recall recall() {
    return new Recall();
  }

  @Override
  Recall self() {
    return this;
  }

  @Override
  Value wrong(Confusion confusion) {
    return confusion.falseNegatives();
  }
}
