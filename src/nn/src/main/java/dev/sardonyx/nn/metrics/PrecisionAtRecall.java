package dev.sardonyx.nn.metrics;

import dev.sardonyx.nn.metrics.Confusion.Counts;

/** The greatest precision at a threshold where the recall is at least a given one. */
public final class PrecisionAtRecall extends BestAtMetric<PrecisionAtRecall> {
  /** For files; in code, {@link #precisionAtRecall}. */
  PrecisionAtRecall() {
    super("recall");
  }

  /** The recall lies in [0, 1]. */
  public static PrecisionAtRecall precisionAtRecall(double recall) {
    return new PrecisionAtRecall().at(recall);
  }

  @Override
  PrecisionAtRecall self() {
    return this;
  }

  @Override
  double constrained(Counts counts) {
    return counts.recall();
  }

  @Override
  double best(Counts counts) {
    return counts.precision();
  }
}
