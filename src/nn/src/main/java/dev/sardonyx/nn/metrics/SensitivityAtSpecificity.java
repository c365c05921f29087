package dev.sardonyx.nn.metrics;

import dev.sardonyx.nn.metrics.Confusion.Counts;

/** The greatest sensitivity at a threshold where the specificity is at least a given one. */
public final class SensitivityAtSpecificity extends BestAtMetric<SensitivityAtSpecificity> {
  /** For files; in code, {@link #sensitivityAtSpecificity}. */
  SensitivityAtSpecificity() {
    super("specificity");
  }

  /** The specificity lies in [0, 1]. */
  public static SensitivityAtSpecificity sensitivityAtSpecificity(double specificity) {
    return new SensitivityAtSpecificity().at(specificity);
  }

  @Override
  SensitivityAtSpecificity self() {
    return this;
  }

  @Override
  double constrained(Counts counts) {
    return counts.specificity();
  }

  @Override
  double best(Counts counts) {
    return counts.recall();
  }
}
