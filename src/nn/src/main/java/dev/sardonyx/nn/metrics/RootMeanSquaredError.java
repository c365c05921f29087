package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.losses.Aligned;
import java.util.List;

/** The root of the mean of (yTrue - yPred)². */
public final class RootMeanSquaredError extends MeanMetric {
  public static RootMeanSquaredError rootMeanSquaredError() {
    return new RootMeanSquaredError();
  }

  @Override
  protected Value values(Value yTrue, Value yPred) {
    Aligned aligned = Aligned.of(yTrue.cast(yPred.element()), yPred);
    return aligned.second().sub(aligned.first()).square();
  }

  @Override
  public double[] result(List<double[]> sums) {
    return new double[] {Math.sqrt(super.result(sums)[0])};
  }
}
