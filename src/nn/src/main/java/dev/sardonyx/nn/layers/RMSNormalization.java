package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.initializers.Ones;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * y = x / √(mean of x² + epsilon) · scale along some axes, the last by default. Zhang and Sennrich
 * 2019.
 */
public final class RMSNormalization extends SingleInputLayer {
  private List<Long> axes = List.of(-1L);
  private double epsilon = 1e-6;
  private @Nullable Weight scale;

  RMSNormalization() {}

  public static RMSNormalization rmsNormalization() {
    return new RMSNormalization();
  }

  /** The axes that are normalized together; the scale has their extents. */
  public RMSNormalization axis(long... newAxes) {
    axes = Arrays.stream(newAxes).boxed().toList();
    return this;
  }

  /** What is added to the mean square; 0.000001 by default. */
  public RMSNormalization epsilon(double newEpsilon) {
    epsilon = Allowed.notNegative(this, "epsilon", newEpsilon);
    return this;
  }

  private long[] resolved(TensorType input) {
    return axes.stream().mapToLong(a -> Axes.resolve(this, input, a)).sorted().toArray();
  }

  @Override
  protected void build(TensorType input) {
    long[] dims =
        Arrays.stream(resolved(input)).map(a -> Axes.extent(this, input, (int) a)).toArray();
    scale = addWeight("scale", Ones.ones(), null, true, dims);
  }

  @Override
  protected Value call(Call call, Value given) {
    ElementType wide =
        computeType() == ElementType.FLOAT64 ? ElementType.FLOAT64 : ElementType.FLOAT32;
    Value x = given.cast(wide);
    long[] over = resolved(x.tensorType());
    Value gain = x.square().mean(true, over).add(epsilon).sqrt().reciprocal();
    long[] between =
        LongStream.range(over[0], x.shape().rank())
            .filter(i -> Arrays.binarySearch(over, i) < 0)
            .map(i -> i - over[0])
            .toArray();
    Value factor = call.weight(built(scale)).cast(wide);
    Value spread = between.length == 0 ? factor : factor.unsqueeze(between);
    return x.mul(gain).mul(spread).cast(computeType());
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    axes = config.axes("axis", axes);
    epsilon(config.number("epsilon", epsilon));
  }
}
