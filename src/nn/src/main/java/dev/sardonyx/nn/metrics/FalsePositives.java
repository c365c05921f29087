package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The weight of answers that are yes and should be no. */
public final class FalsePositives extends ThresholdMetric<FalsePositives> {
  public static FalsePositives falsePositives() {
    return new FalsePositives();
  }

  @Override
  FalsePositives self() {
    return this;
  }

  @Override
  public List<Value> sums(Value yTrue, Value yPred, @Nullable Value sampleWeight) {
    double[] bounds = thresholdsOr(0.5);
    return List.of(
        Confusion.of(yTrue, yPred, sampleWeight, bounds, Confusion.Question.PLAIN)
            .falsePositives());
  }

  @Override
  public double[] result(List<double[]> sums) {
    return sums.get(0).clone();
  }
}
