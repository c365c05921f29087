package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;

/** The weight of answers that are yes and should be no. */
public final class FalsePositives extends CountMetric<FalsePositives> {
  public static FalsePositives falsePositives() {
    return new FalsePositives();
  }

  @Override
  FalsePositives self() {
    return this;
  }

  @Override
  Value count(Confusion confusion) {
    return confusion.falsePositives();
  }
}
