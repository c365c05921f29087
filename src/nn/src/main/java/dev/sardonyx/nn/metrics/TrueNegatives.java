package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;

/** The weight of answers that are no and should be. */
public final class TrueNegatives extends CountMetric<TrueNegatives> {
  public static TrueNegatives trueNegatives() {
    return new TrueNegatives();
  }

  @Override
  TrueNegatives self() {
    return this;
  }

  @Override
  Value count(Confusion confusion) {
    return confusion.trueNegatives();
  }
}
