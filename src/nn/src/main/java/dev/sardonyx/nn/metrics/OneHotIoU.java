package dev.sardonyx.nn.metrics;

import dev.sardonyx.nn.config.Config;
import java.util.stream.LongStream;

/** The mean intersection over union of some classes, given as one-hot rows and as scores. */
public final class OneHotIoU extends OverlapMetric<OneHotIoU> {
  /** For files; in code, {@link #oneHotIoU}. */
  OneHotIoU() {
    sparse(false, false);
  }

  /** The mean over the classes {@code targetClassIds}. */
  public static OneHotIoU oneHotIoU(long numClasses, long... targetClassIds) {
    OneHotIoU made = new OneHotIoU().classes(numClasses);
    made.targets(LongStream.of(targetClassIds).boxed().toList());
    return made;
  }

  @Override
  OneHotIoU self() {
    return this;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    configureClasses(config);
    configureTargets(config);
    configureSparsePred(config);
  }
}
