package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/**
 * Filters that slide over the spatial axes. The kernel is [size…, channels / groups, filters] in
 * either data format; it is not flipped.
 *
 * @param <L> the layer itself, which options return
 */
public abstract class ConvolutionLayer<L extends ConvolutionLayer<L>>
    extends SlidingKernelLayer<L> {
  private long filters;
  private long groups = 1;

  ConvolutionLayer(int rank) {
    super(rank);
  }

  final L with(long newFilters, long... kernelSize) {
    filters = Allowed.atLeast(1, this, "filters", newFilters);
    return kernelSize(kernelSize);
  }

  /**
   * Into how many groups channels and filters are divided that see only each other; 1 by default.
   */
  public L groups(long newGroups) {
    groups = Allowed.atLeast(1, this, "groups", newGroups);
    return self();
  }

  @Override
  protected void build(TensorType input) {
    long channels = channels(input);
    if (channels % groups != 0 || filters % groups != 0) {
      throw refuse(
          "NN-017",
          "cannot divide %s channels and %s filters into %s groups"
              .formatted(channels, filters, groups),
          input,
          "both numbers must be multiples of the number of groups");
    }
    requireStridesOrDilation(input);
    addKernel(kernelDims(channels / groups, filters));
  }

  @Override
  long builtChannels() {
    return kernel().dims()[spatialRank()] * groups;
  }

  @Override
  Value slide(Call call, Value x) {
    return windows().convolve(x, kernelLast(kernel(call)), bias(call), groups);
  }

  @Override
  void configureShape(Config config) {
    filters = Allowed.atLeast(1, this, "filters", config.integer("filters", filters));
    super.configureShape(config);
    groups = Allowed.atLeast(1, this, "groups", config.integer("groups", groups));
  }
}
