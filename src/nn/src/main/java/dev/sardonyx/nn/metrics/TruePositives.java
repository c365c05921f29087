package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The weight of answers that are yes and should be. */
public final class TruePositives extends ThresholdMetric<TruePositives> {
  public static TruePositives truePositives() {
    return new TruePositives();
  }

  @Override
  TruePositives self() {
    return this;
  }

  @Override
  public List<Value> sums(Value yTrue, Value yPred, @Nullable Value sampleWeight) {
    double[] bounds = thresholdsOr(0.5);
    return List.of(
        Confusion.of(yTrue, yPred, sampleWeight, bounds, Confusion.Question.PLAIN).truePositives());
  }

  @Override
  public double[] result(List<double[]> sums) {
    return sums.get(0).clone();
  }
}
