package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;

/** The weight of answers that are yes and should be. */
public final class TruePositives extends CountMetric<TruePositives> {
  public static TruePositives truePositives() {
    return new TruePositives();
  }

  @Override
  TruePositives self() {
    return this;
  }

  @Override
  Value count(Confusion confusion) {
    return confusion.truePositives();
  }
}
