package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.Convolution;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The transpose of a convolution as a linear map, which makes the spatial axes larger: every
 * element of the input adds the kernel, weighed, to a window of the result. The kernel is [size…,
 * filters, channels].
 *
 * <p>Along an axis of n elements the result has, with strides s and windows that reach over k, n ·
 * s elements if the padding is SAME, else (n - 1) · s + max(k, s). With an output padding p it has
 * (n - 1) · s + (k mod 2) + p, else (n - 1) · s + k + p.
 *
 * @param <L> the layer itself, which options return
 */
public abstract class TransposedConvolutionLayer<L extends TransposedConvolutionLayer<L>>
    extends SlidingKernelLayer<L> {
  private long filters;
  private @Nullable List<Long> outputPadding;

  TransposedConvolutionLayer(int rank) {
    super(rank);
  }

  final L with(long newFilters, long... kernelSize) {
    filters = Allowed.atLeast(1, this, "filters", newFilters);
    return kernelSize(kernelSize);
  }

  /**
   * How much larger the result is than it need be, along each axis or all: below the strides. By
   * default it follows from padding and strides.
   */
  public L outputPadding(long... padding) {
    outputPadding = Options.tupleFromZero(this, "output_padding", spatialRank(), padding);
    return self();
  }

  @Override
  protected void build(TensorType input) {
    long channels = channels(input);
    requireStridesOrDilation(input);
    requireSmallOutputPadding();
    addKernelAlone("kernel", kernelDims(filters, channels));
    addBias(filters);
  }

  private void requireSmallOutputPadding() {
    List<Long> strides = windows().strides();
    for (int i = 0; outputPadding != null && i < strides.size(); i++) {
      if (outputPadding.get(i) >= strides.get(i)) {
        throw Allowed.refusal(
            this,
            "output_padding",
            "less than strides " + strides,
            outputPadding,
            "it only settles what the strides leave open");
      }
    }
  }

  @Override
  long builtChannels() {
    return kernel().dims()[spatialRank() + 1];
  }

  @Override
  boolean shrinks() {
    return false;
  }

  @Override
  Value slide(Call call, Value x) {
    Value weights = kernelLast(kernel(call));
    return transposed(windows(), outputPadding, x, weights, bias(call));
  }

  /** The transposed convolution of [batch, channels, …] with weights [channels, filters, …]. */
  public static Value transposed(
      WindowGrid windows,
      @Nullable List<Long> outputPadding,
      Value x,
      Value weights,
      @Nullable Value bias) {
    List<Long> begins = new ArrayList<>();
    List<Long> ends = new ArrayList<>();
    List<Long> added = new ArrayList<>();
    for (int i = 0; i < windows.size().size(); i++) {
      long surplus = surplus(windows, i, outputPadding == null ? null : outputPadding.get(i));
      long begin = Math.max(surplus, 0) / 2;
      begins.add(begin);
      ends.add(Math.max(surplus - begin, 0));
      added.add(Math.max(-surplus, 0));
    }
    begins.addAll(ends);
    return Value.of(
        new Convolution.ConvTranspose(
            AutoPad.NOTSET,
            windows.dilation(),
            1,
            windows.size(),
            added,
            List.of(),
            begins,
            windows.strides()),
        x,
        weights,
        bias);
  }

  /** By how much (n - 1) · s + k is longer than the result. */
  private static long surplus(WindowGrid windows, int i, @Nullable Long padding) {
    long reach = (windows.size().get(i) - 1) * windows.dilation().get(i) + 1;
    long stride = windows.strides().get(i);
    if (windows.padding() == Padding.SAME) {
      return reach - (padding == null ? stride : reach % 2 + padding);
    }
    return padding == null ? Math.min(reach - stride, 0) : -padding;
  }

  @Override
  boolean takesLora() {
    return false;
  }

  @Override
  void configureShape(Config config) {
    filters = Allowed.atLeast(1, this, "filters", config.integer("filters", filters));
    super.configureShape(config);
    List<Long> given = config.optionalIntegers("output_padding", outputPadding, spatialRank());
    if (given != null) {
      outputPadding(given.stream().mapToLong(p -> p).toArray());
    }
    config.ignored("groups");
  }
}
