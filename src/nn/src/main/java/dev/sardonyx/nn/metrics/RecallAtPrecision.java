package dev.sardonyx.nn.metrics;

import dev.sardonyx.nn.metrics.Confusion.Counts;

/** The greatest recall at a threshold where the precision is at least a given one. */
public final class RecallAtPrecision extends BestAtMetric<RecallAtPrecision> {
  /** For files; in code, {@link #recallAtPrecision}. */
  RecallAtPrecision() {
    super("precision");
  }

  /** The precision lies in [0, 1]. */
  public static RecallAtPrecision recallAtPrecision(double precision) {
    return new RecallAtPrecision().at(precision);
  }

  @Override
  RecallAtPrecision self() {
    return this;
  }

  @Override
  double constrained(Counts counts) {
    return counts.precision();
  }

  @Override
  double best(Counts counts) {
    return counts.recall();
  }
}
