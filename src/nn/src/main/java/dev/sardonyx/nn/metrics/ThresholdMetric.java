package dev.sardonyx.nn.metrics;

import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A metric of answers above thresholds; it reports a number for each.
 *
 * @param <M> the metric itself, which options return
 */
abstract class ThresholdMetric<M extends ThresholdMetric<M>> extends NamedMetric {
  private List<Double> thresholds = List.of();
  private boolean listed;

  abstract M self();

  /** Scores above it mean yes; ½ by default. */
  public final M thresholds(double... newThresholds) {
    thresholds = Arrays.stream(newThresholds).boxed().toList();
    listed = thresholds.size() > 1;
    thresholds.forEach(threshold -> Allowed.fraction(this, "thresholds", threshold));
    return self();
  }

  final double[] thresholdsOr(double standard) {
    return thresholds.isEmpty()
        ? new double[] {standard}
        : thresholds.stream().mapToDouble(threshold -> threshold).toArray();
  }

  /** Keras writes what it was given: nothing, a number or a list. */
  private @Nullable Object written() {
    return thresholds.isEmpty() ? null : listed ? thresholds : thresholds.get(0);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    Object given = config.json("thresholds", written());
    if (given instanceof Number number) {
      thresholds(number.doubleValue());
    } else if (given != null) {
      List<Double> read = config.numbers("thresholds", thresholds);
      thresholds(read.stream().mapToDouble(threshold -> threshold).toArray());
      listed = true;
    }
  }
}
