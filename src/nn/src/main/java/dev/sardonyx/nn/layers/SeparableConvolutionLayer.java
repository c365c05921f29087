package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.constraints.Constraint;
import dev.sardonyx.nn.initializers.GlorotUniform;
import dev.sardonyx.nn.initializers.Initializer;
import dev.sardonyx.nn.regularizers.Regularizer;
import java.util.Arrays;
import java.util.Collections;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A depthwise convolution, then one of size 1 that mixes its channels. The kernels are [size…,
 * channels, depth multiplier] and [1…, channels · depth multiplier, filters].
 *
 * @param <L> the layer itself, which options return
 */
public abstract class SeparableConvolutionLayer<L extends SeparableConvolutionLayer<L>>
    extends DepthwiseConvolutionLayer<L> {
  private long filters;
  private Initializer pointwiseInitializer = GlorotUniform.glorotUniform();
  private @Nullable Regularizer pointwiseRegularizer;
  private @Nullable Constraint pointwiseConstraint;
  private @Nullable Weight pointwise;

  SeparableConvolutionLayer(int rank) {
    super(rank);
  }

  final L with(long newFilters, long... kernelSize) {
    filters = Allowed.atLeast(1, this, "filters", newFilters);
    return kernelSize(kernelSize);
  }

  /** How the kernel that mixes channels begins: Glorot uniform by default. */
  public L pointwiseInitializer(Initializer initializer) {
    pointwiseInitializer = initializer;
    return self();
  }

  /** A penalty on the kernel that mixes channels; there is none by default. */
  public L pointwiseRegularizer(@Nullable Regularizer regularizer) {
    pointwiseRegularizer = regularizer;
    return self();
  }

  /** What the kernel that mixes channels is projected onto after every step; nothing by default. */
  public L pointwiseConstraint(@Nullable Constraint constraint) {
    pointwiseConstraint = constraint;
    return self();
  }

  @Override
  protected void build(TensorType input) {
    long channels = channels(input);
    addKernelAlone("depthwise_kernel", kernelDims(channels, depthMultiplier()));
    long[] dims = new long[spatialRank() + 2];
    Arrays.fill(dims, 1);
    dims[spatialRank()] = channels * depthMultiplier();
    dims[spatialRank() + 1] = filters;
    pointwise =
        addWeight("pointwise_kernel", pointwiseInitializer, pointwiseRegularizer, true, dims)
            .constraint(pointwiseConstraint);
    addBias(filters);
  }

  @Override
  Value slide(Call call, Value x) {
    Value spread = depthwise(windows(), x, call.weight(kernel()), null);
    var ones = Collections.nCopies(spatialRank(), 1L);
    Value mixing = kernelLast(call.weight(Objects.requireNonNull(pointwise)));
    return WindowGrid.undilated(ones, ones, Padding.VALID).convolve(spread, mixing, bias(call), 1);
  }

  @Override
  void configureShape(Config config) {
    filters = Allowed.atLeast(1, this, "filters", config.integer("filters", filters));
    super.configureShape(config);
    pointwiseInitializer =
        Options.initializer(config, "pointwise_initializer", pointwiseInitializer);
    pointwiseRegularizer =
        config.object("pointwise_regularizer", Regularizer.class, pointwiseRegularizer);
    pointwiseConstraint =
        config.object("pointwise_constraint", Constraint.class, pointwiseConstraint);
  }
}
