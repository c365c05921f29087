package dev.sardonyx.nn.metrics;

import dev.sardonyx.nn.config.Config;

/** The mean intersection over union of all classes, given by their numbers. */
public final class MeanIoU extends OverlapMetric<MeanIoU> {
  /** For files; in code, {@link #meanIoU}. */
  MeanIoU() {}

  /** The mean over all classes. */
  public static MeanIoU meanIoU(long numClasses) {
    MeanIoU made = new MeanIoU().classes(numClasses);
    made.targetAll();
    return made;
  }

  @Override
  MeanIoU self() {
    return this;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    configureClasses(config);
    targetAll();
    configureSparseTrue(config);
    configureSparsePred(config);
  }
}
