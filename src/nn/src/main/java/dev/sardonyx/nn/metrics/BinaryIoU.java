package dev.sardonyx.nn.metrics;

import static dev.sardonyx.ir.type.ElementType.FLOAT32;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import java.util.stream.LongStream;

/** The mean intersection over union of the classes 0 and 1, for probabilities of 1. */
public final class BinaryIoU extends OverlapMetric<BinaryIoU> {
  private double threshold = 0.5;

  BinaryIoU() {
    targets(List.of(0L, 1L));
  }

  public static BinaryIoU binaryIoU() {
    return new BinaryIoU();
  }

  /** The classes whose mean is reported; both by default. */
  public BinaryIoU targetClassIds(long... ids) {
    return targets(LongStream.of(ids).boxed().toList());
  }

  /** Probabilities from it on mean 1; ½ by default. */
  public BinaryIoU threshold(double newThreshold) {
    threshold = newThreshold;
    return this;
  }

  @Override
  BinaryIoU self() {
    return this;
  }

  @Override
  Value predicted(Value yPred) {
    return yPred.cast(FLOAT32).ge(threshold);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    configureTargets(config);
    threshold = config.number("threshold", threshold);
  }
}
