package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.constraints.Constraint;
import dev.sardonyx.nn.initializers.Initializer;
import dev.sardonyx.nn.regularizers.Regularizer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Filters that see one channel each. The kernel is [size…, channels, depth multiplier]; filter m of
 * channel c gives channel c · depth multiplier + m of the result.
 *
 * @param <L> the layer itself, which options return
 */
public abstract class DepthwiseConvolutionLayer<L extends DepthwiseConvolutionLayer<L>>
    extends SlidingKernelLayer<L> {
  private long depthMultiplier = 1;

  DepthwiseConvolutionLayer(int rank) {
    super(rank);
  }

  /** Filters for each channel; 1 by default. */
  public L depthMultiplier(long multiplier) {
    depthMultiplier = Allowed.atLeast(1, this, "depth_multiplier", multiplier);
    return self();
  }

  /** How the kernel begins: Glorot uniform by default. */
  public L depthwiseInitializer(Initializer initializer) {
    return kernelInitializer(initializer);
  }

  /** A penalty on the kernel; there is none by default. */
  public L depthwiseRegularizer(@Nullable Regularizer regularizer) {
    return kernelRegularizer(regularizer);
  }

  /** What the kernel is projected onto after every step; nothing by default. */
  public L depthwiseConstraint(@Nullable Constraint constraint) {
    return kernelConstraint(constraint);
  }

  @Override
  protected void build(TensorType input) {
    long channels = channels(input);
    addKernelAlone("kernel", kernelDims(channels, depthMultiplier));
    addBias(channels * depthMultiplier);
  }

  final long depthMultiplier() {
    return depthMultiplier;
  }

  @Override
  long builtChannels() {
    return kernel().dims()[spatialRank()];
  }

  @Override
  Value slide(Call call, Value x) {
    return depthwise(windows(), x, call.weight(kernel()), bias(call));
  }

  /**
   * The convolution of each channel of [batch, channels, …] with its filters, in Keras's layout.
   */
  public static Value depthwise(WindowGrid windows, Value x, Value kernel, @Nullable Value bias) {
    int rank = windows.size().size();
    LongStream order = LongStream.concat(LongStream.of(rank, rank + 1), LongStream.range(0, rank));
    long channels = kernel.shape().dim(rank).value();
    long filters = channels * kernel.shape().dim(rank + 1).value();
    LongStream size = windows.size().stream().mapToLong(k -> k);
    long[] dims = LongStream.concat(LongStream.of(filters, 1), size).toArray();
    return windows.convolve(x, kernel.transpose(order.toArray()).reshape(dims), bias, channels);
  }

  @Override
  String kernelPrefix() {
    return "depthwise";
  }

  @Override
  boolean takesLora() {
    return false;
  }

  @Override
  void configureShape(Config config) {
    super.configureShape(config);
    depthMultiplier =
        Allowed.atLeast(
            1, this, "depth_multiplier", config.integer("depth_multiplier", depthMultiplier));
    config.ignored("groups", "kernel_initializer", "kernel_regularizer", "kernel_constraint");
  }
}
