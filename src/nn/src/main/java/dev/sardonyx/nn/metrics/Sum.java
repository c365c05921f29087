package dev.sardonyx.nn.metrics;

import static dev.sardonyx.ir.type.ElementType.FLOAT32;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.losses.Aligned;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sum of the predictions; targets do not count. */
public final class Sum extends NamedMetric {
  public static Sum sum() {
    return new Sum();
  }

  @Override
  public List<Value> sums(Value yTrue, Value yPred, @Nullable Value sampleWeight) {
    Value values = yPred.cast(FLOAT32);
    if (sampleWeight == null) {
      return List.of(values.sum());
    }
    Aligned aligned = Aligned.of(values, sampleWeight.cast(FLOAT32));
    return List.of(aligned.first().mul(aligned.second()).sum());
  }

  @Override
  public double[] result(List<double[]> sums) {
    return sums.get(0);
  }
}
