package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The weight of answers that are no and should be yes. */
public final class FalseNegatives extends ThresholdMetric<FalseNegatives> {
  public static FalseNegatives falseNegatives() {
    return new FalseNegatives();
  }

  @Override
  FalseNegatives self() {
    return this;
  }

  @Override
  public List<Value> sums(Value yTrue, Value yPred, @Nullable Value sampleWeight) {
    double[] bounds = thresholdsOr(0.5);
    return List.of(
        Confusion.of(yTrue, yPred, sampleWeight, bounds, Confusion.Question.PLAIN)
            .falseNegatives());
  }

  @Override
  public double[] result(List<double[]> sums) {
    return sums.get(0).clone();
  }
}
