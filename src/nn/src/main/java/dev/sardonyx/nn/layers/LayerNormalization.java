package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * y = (x - mean) / √(variance + epsilon) · gamma + beta, with the mean and variance of each sample
 * along some axes, the last by default. Ba et al. 2016.
 */
public final class LayerNormalization extends AffineLayer<LayerNormalization> {
  private List<Long> axes = List.of(-1L);
  private boolean rmsScaling;

  LayerNormalization() {}

  public static LayerNormalization layerNormalization() {
    return new LayerNormalization();
  }

  @Override
  LayerNormalization self() {
    return this;
  }

  /** The axes that are normalized together; gamma and beta have their extents. */
  public LayerNormalization axis(long... newAxes) {
    axes = Arrays.stream(newAxes).boxed().toList();
    return this;
  }

  private long[] resolved(TensorType input) {
    return axes.stream().mapToLong(a -> Axes.resolve(this, input, a)).sorted().toArray();
  }

  @Override
  protected boolean autocasts() {
    return false;
  }

  @Override
  protected void build(TensorType input) {
    long[] over = resolved(input);
    addAffine(Arrays.stream(over).map(a -> Axes.extent(this, input, (int) a)).toArray());
  }

  @Override
  protected Value call(Call call, Value given) {
    Value x = given.cast(statisticsType());
    long[] over = resolved(x.tensorType());
    Value mean = x.mean(true, over);
    Value variance = x.sub(mean).square().mean(true, over);
    Value gamma = spread(gamma(call), x, over);
    if (rmsScaling) {
      // Keras's own formula for what it calls so: by the variance, not by the mean square.
      Value scaled = x.mul(variance.add(epsilon()).sqrt().reciprocal());
      return (gamma == null ? scaled : scaled.mul(gamma)).cast(computeType());
    }
    Value beta = spread(beta(call), x, over);
    return normalized(x, mean, variance, gamma, beta).cast(computeType());
  }

  /** A weight over the axes {@code over} as it broadcasts against {@code x}. */
  private static @Nullable Value spread(@Nullable Value weight, Value x, long[] over) {
    if (weight == null) {
      return null;
    }
    int rank = x.shape().rank();
    long first = over[0];
    long[] between =
        LongStream.range(first, rank)
            .filter(i -> Arrays.binarySearch(over, i) < 0)
            .map(i -> i - first)
            .toArray();
    return between.length == 0 ? weight : weight.unsqueeze(between);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    axes = config.axes("axis", axes);
    rmsScaling = config.flag("rms_scaling", rmsScaling);
    if (rmsScaling) {
      center(false);
    }
    configureAffine(config);
  }
}
