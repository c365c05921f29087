package dev.sardonyx.nn.metrics;

import dev.sardonyx.nn.config.Config;

/** The mean intersection over union of all classes, given as one-hot rows and as scores. */
public final class OneHotMeanIoU extends OverlapMetric<OneHotMeanIoU> {
  /** For files; in code, {@link #oneHotMeanIoU}. */
  OneHotMeanIoU() {
    sparse(false, false);
  }

  /** The mean over all classes. */
  public static OneHotMeanIoU oneHotMeanIoU(long numClasses) {
    OneHotMeanIoU made = new OneHotMeanIoU().classes(numClasses);
    made.targetAll();
    return made;
  }

  @Override
  OneHotMeanIoU self() {
    return this;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    configureClasses(config);
    targetAll();
    configureSparsePred(config);
  }
}
