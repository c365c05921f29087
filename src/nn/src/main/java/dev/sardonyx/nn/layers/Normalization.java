package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.initializers.Ones;
import dev.sardonyx.nn.initializers.Zeros;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * y = (x - mean) / max(√variance, 1e-7), with a mean and a variance for each position along the
 * kept axes: given, or found by {@link #adapt}.
 */
public final class Normalization extends SingleInputLayer {
  private static final double EPSILON = 1e-7;

  private List<Long> axes = List.of(-1L);
  private @Nullable NumberArray mean;
  private @Nullable NumberArray variance;
  private boolean invert;
  private @Nullable Weight adaptedMean;
  private @Nullable Weight adaptedVariance;
  private @Nullable Weight count;

  Normalization() {}

  /** For each position along the last axis; {@link #adapt} finds the numbers. */
  public static Normalization normalization() {
    return new Normalization();
  }

  /** For each position along these axes; without any, one mean and variance for all. */
  public static Normalization normalization(long... axes) {
    Normalization made = new Normalization();
    made.axes = Arrays.stream(axes).boxed().toList();
    return made;
  }

  /** With the same given mean and variance everywhere. */
  public Normalization given(double givenMean, double givenVariance) {
    return given(NumberArray.of(givenMean), NumberArray.of(givenVariance));
  }

  /** With a given mean and variance for each position along the last of the axes. */
  public Normalization given(double[] givenMean, double[] givenVariance) {
    return given(NumberArray.of(givenMean), NumberArray.of(givenVariance));
  }

  private Normalization given(@Nullable NumberArray newMean, @Nullable NumberArray newVariance) {
    List<Long> meanDims = newMean == null ? null : newMean.dims();
    List<Long> varianceDims = newVariance == null ? null : newVariance.dims();
    boolean fits = Objects.equals(meanDims, varianceDims);
    if (!fits || meanDims != null && meanDims.size() > axes.size()) {
      throw Allowed.refusal(
          this,
          "mean",
          "of the shape of the variance, with at most as many axes as there are kept",
          "%s and a variance of %s".formatted(meanDims, varianceDims),
          "give both or none");
    }
    mean = newMean;
    variance = newVariance;
    return this;
  }

  /** Computes the inverse, x · √variance + mean, where {@code isInverse}. */
  public Normalization invert(boolean isInverse) {
    invert = isInverse;
    return this;
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  protected void build(TensorType input) {
    long[] dims = keptDims(input);
    if (mean == null) {
      adaptedMean = addWeight("mean", Zeros.zeros(), null, false, dims);
      adaptedVariance = addWeight("variance", Ones.ones(), null, false, dims);
      count = addWeight("count", ElementType.INT64, Zeros.zeros(), null, false);
    }
  }

  /** The kept axes, in order. */
  private int[] kept(TensorType input) {
    return axes.stream().mapToInt(a -> Axes.resolve(this, input, a)).sorted().distinct().toArray();
  }

  private long[] keptDims(TensorType input) {
    return Arrays.stream(kept(input)).mapToLong(a -> Axes.extent(this, input, a)).toArray();
  }

  /** Finds mean and variance in data of the input's shape, with any number of samples. */
  public Normalization adapt(Tensor data) {
    return adapt(List.of(data));
  }

  /** As {@link #adapt(Tensor)}, in several batches. */
  public Normalization adapt(Iterable<Tensor> batches) {
    @Nullable Moments moments = null;
    for (Tensor batch : batches) {
      if (moments == null) {
        ensureBuilt(List.of(batch.type()));
        moments = new Moments(Arrays.stream(keptDims(batch.type())).reduce(1, (a, b) -> a * b));
      }
      moments.add(batch, kept(batch.type()));
    }
    if (moments == null || adaptedMean == null || adaptedVariance == null) {
      throw Allowed.refusal(
          this, "data", "at least one batch, where no mean is given", "none", "give data");
    }
    adaptedMean.set(Tensor.from(dtype().variable(), moments.mean(), adaptedMean.dims()));
    adaptedVariance.set(
        Tensor.from(dtype().variable(), moments.variance(), adaptedVariance.dims()));
    return this;
  }

  @Override
  protected Value call(Call call, Value given) {
    Value x = given.cast(computeType());
    TensorType type = x.tensorType();
    Value center = broadcast(call, type, mean, adaptedMean);
    Value scale = broadcast(call, type, variance, adaptedVariance).sqrt().max(EPSILON);
    return invert ? x.mul(scale).add(center) : x.sub(center).div(scale);
  }

  /** The numbers with an axis for each of the input's, 1 where they are the same all along. */
  private Value broadcast(
      Call call, TensorType input, @Nullable NumberArray given, @Nullable Weight adapted) {
    long[] shape = new long[input.shape().rank()];
    Arrays.fill(shape, 1);
    int[] kept = kept(input);
    List<Long> dims = new ArrayList<>();
    if (given != null) {
      dims.addAll(given.dims());
    } else {
      Arrays.stream(adapted.dims()).forEach(dims::add);
    }
    for (int i = 0; i < dims.size(); i++) {
      shape[kept[kept.length - dims.size() + i]] = dims.get(i);
    }
    check(input, shape);
    Value numbers = given == null ? call.weight(adapted) : given.constant(computeType());
    return numbers.reshape(shape);
  }

  private void check(TensorType input, long[] shape) {
    for (int i = 0; i < shape.length; i++) {
      Dim extent = input.shape().dim(i);
      if (shape[i] != 1 && extent.isFixed() && extent.value() != shape[i]) {
        throw refuse(
            "NN-011",
            "has %s means along axis %s, got an extent of %s".formatted(shape[i], i, extent),
            input,
            "give inputs of the shape of the data that it was adapted to");
      }
    }
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    Object given = config.json("axis", axes);
    List<?> list = given == null ? List.of() : given instanceof List<?> l ? l : List.of(given);
    axes = NumberArray.parse(this, "axis", list).values().stream().map(Double::longValue).toList();
    invert = config.flag("invert", invert);
    given(
        NumberArray.configure(this, config, "mean", mean),
        NumberArray.configure(this, config, "variance", variance));
  }
}
