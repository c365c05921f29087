package dev.sardonyx.nn.metrics;

import dev.sardonyx.nn.config.Config;
import java.util.stream.LongStream;

/** The mean intersection over union of some classes, given by their numbers. */
public final class IoU extends OverlapMetric<IoU> {
  /** For files; in code, {@link #iou}. */
  IoU() {}

  /** The mean over the classes {@code targetClassIds}. */
  public static IoU iou(long numClasses, long... targetClassIds) {
    IoU made = new IoU().classes(numClasses);
    made.targets(LongStream.of(targetClassIds).boxed().toList());
    return made;
  }

  @Override
  IoU self() {
    return this;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    configureClasses(config);
    configureTargets(config);
    configureSparseTrue(config);
    configureSparsePred(config);
  }
}
