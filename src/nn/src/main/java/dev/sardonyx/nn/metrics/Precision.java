package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;

/** How many of the answers yes are right. */
public final class Precision extends ClassMetric<Precision> {
  public static Precision precision() {
    return new Precision();
  }

  @Override
  Precision self() {
    return this;
  }

  @Override
  Value wrong(Confusion confusion) {
    return confusion.falsePositives();
  }
}
