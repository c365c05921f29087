package dev.sardonyx.nn.metrics;

import dev.sardonyx.nn.metrics.Confusion.Counts;

/** The greatest specificity at a threshold where the sensitivity is at least a given one. */
public final class SpecificityAtSensitivity extends BestAtMetric<SpecificityAtSensitivity> {
  /** For files; in code, {@link #specificityAtSensitivity}. */
  SpecificityAtSensitivity() {
    super("sensitivity");
  }

  /** The sensitivity lies in [0, 1]. */
  public static SpecificityAtSensitivity specificityAtSensitivity(double sensitivity) {
    return new SpecificityAtSensitivity().at(sensitivity);
  }

  @Override
  SpecificityAtSensitivity self() {
    return this;
  }

  @Override
  double constrained(Counts counts) {
    return counts.recall();
  }

  @Override
  double best(Counts counts) {
    return counts.specificity();
  }
}
