package dev.sardonyx.nn.metrics;

import static dev.sardonyx.ir.type.ElementType.FLOAT32;
import static dev.sardonyx.ir.type.ElementType.INT64;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.losses.Aligned;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * The weighted mean of a number per sample. A metric of your own extends this class and writes
 * {@link #values}.
 */
public abstract class MeanMetric extends NamedMetric {
  /** A number for each sample, or for each of its elements; any element type. */
  protected abstract Value values(Value yTrue, Value yPred);

  /**
   * The sum of weight · value, and the sum of the weights. Source: Keras's reduction_metrics.py.
   */
  @Override
  public final List<Value> sums(Value yTrue, Value yPred, @Nullable Value sampleWeight) {
    Value values = values(yTrue, yPred).cast(FLOAT32);
    if (sampleWeight == null) {
      return List.of(meanFrom(1, values).sum(), samples(values));
    }
    Aligned aligned = Aligned.of(values, sampleWeight.cast(FLOAT32));
    Value perWeight = meanFrom(aligned.second().shape().rank(), aligned.first());
    Value weights = likeShaped(aligned.second(), perWeight);
    return List.of(meanFrom(1, perWeight.mul(weights)).sum(), meanFrom(1, weights).sum());
  }

  /** Weights with axes of extent 1 count as often as they are used. */
  private static Value likeShaped(Value weights, Value values) {
    return weights.shape().provablySame(values.shape()) ? weights : weights.mul(values.onesLike());
  }

  /** The mean over all axes from {@code first} on. */
  private static Value meanFrom(int first, Value values) {
    int rank = values.shape().rank();
    return rank <= first ? values : values.mean(false, LongStream.range(first, rank).toArray());
  }

  /** The extent of the first axis as a float32 scalar; 1 for a scalar. */
  private static Value samples(Value values) {
    return values.shape().rank() == 0
        ? Value.scalar(FLOAT32, 1)
        : values.shapeOf().gather(Value.scalar(INT64, 0), 0).cast(FLOAT32);
  }

  /** The mean; 0 where nothing was counted. */
  @Override
  public double[] result(List<double[]> sums) {
    double weight = sums.get(1)[0];
    return new double[] {weight == 0 ? 0 : sums.get(0)[0] / weight};
  }
}
