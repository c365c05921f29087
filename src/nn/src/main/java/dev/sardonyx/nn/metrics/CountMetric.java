package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The weight of the answers of one kind.
 *
 * @param <M> the metric itself, which options return
 */
abstract class CountMetric<M extends CountMetric<M>> extends ThresholdMetric<M> {
  /** The answers that count. */
  abstract Value count(Confusion confusion);

  @Override
  public final List<Value> sums(Value yTrue, Value yPred, @Nullable Value sampleWeight) {
    double[] bounds = thresholdsOr(0.5);
    return List.of(
        count(Confusion.of(yTrue, yPred, sampleWeight, bounds, Confusion.Question.PLAIN)));
  }

  @Override
  public final double[] result(List<double[]> sums) {
    return sums.get(0).clone();
  }
}
