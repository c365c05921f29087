package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;

/** The weight of answers that are no and should be yes. */
public final class FalseNegatives extends CountMetric<FalseNegatives> {
  public static FalseNegatives falseNegatives() {
    return new FalseNegatives();
  }

  @Override
  FalseNegatives self() {
    return this;
  }

  @Override
  Value count(Confusion confusion) {
    return confusion.falseNegatives();
  }
}
