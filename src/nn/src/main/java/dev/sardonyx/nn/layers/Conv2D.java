package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Convolution;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.List;

/**
 * Filters that slide over images: [batch, height, width, channels] becomes [batch, new height, new
 * width, filters]. The kernel is [height, width, channels / groups, filters] in either data format;
 * it is not flipped.
 */
public final class Conv2D extends KernelLayer<Conv2D> {
  private static final List<Long> ONE = List.of(1L, 1L);

  private long filters;
  private List<Long> kernelSize = List.of(0L, 0L);
  private List<Long> strides = ONE;
  private List<Long> dilationRate = ONE;
  private Padding padding = Padding.VALID;
  private DataFormat dataFormat = DataFormat.CHANNELS_LAST;
  private long groups = 1;

  Conv2D() {}

  /**
   * @param filters channels of the result, at least 1
   * @param kernelSize height and width of a filter, or one number for both
   */
  public static Conv2D conv2d(long filters, long... kernelSize) {
    Conv2D made = new Conv2D();
    made.filters = Allowed.atLeast(1, made, "filters", filters);
    made.kernelSize = Options.pair(made, "kernel_size", kernelSize);
    return made;
  }

  /** How far the next window lies, down and to the right; 1 by default. */
  public Conv2D strides(long... newStrides) {
    strides = Options.pair(this, "strides", newStrides);
    return this;
  }

  /** What happens at the border; nothing is padded by default. */
  public Conv2D padding(Padding newPadding) {
    padding = newPadding;
    return this;
  }

  /** Where the channels lie; last by default. */
  public Conv2D dataFormat(DataFormat format) {
    dataFormat = format;
    return this;
  }

  /** How far the elements that a filter sees lie apart; 1 by default, and with strides. */
  public Conv2D dilationRate(long... rate) {
    dilationRate = Options.pair(this, "dilation_rate", rate);
    return this;
  }

  /**
   * Into how many groups channels and filters are divided that see only each other; 1 by default.
   */
  public Conv2D groups(long newGroups) {
    groups = Allowed.atLeast(1, this, "groups", newGroups);
    return this;
  }

  @Override
  Conv2D self() {
    return this;
  }

  @Override
  protected void build(TensorType input) {
    Axes.requireImages(this, input, dataFormat);
    long channels = Axes.extent(this, input, dataFormat.channelAxis(4));
    checkOptions(input, channels);
    addKernel(kernelSize.get(0), kernelSize.get(1), channels / groups, filters);
  }

  private void checkOptions(TensorType input, long channels) {
    if (channels % groups != 0 || filters % groups != 0) {
      throw refuse(
          "NN-017",
          "cannot divide %s channels and %s filters into %s groups"
              .formatted(channels, filters, groups),
          input,
          "both numbers must be multiples of the number of groups");
    }
    if (!strides.equals(ONE) && !dilationRate.equals(ONE)) {
      throw refuse(
          "NN-021",
          "has strides %s and dilation_rate %s".formatted(strides, dilationRate),
          input,
          "as in Keras, only one of the two may be other than 1");
    }
  }

  private void checkChannels(TensorType input) {
    Axes.requireImages(this, input, dataFormat);
    Dim channels = input.shape().dim(dataFormat.channelAxis(4));
    long built = kernel().dims()[2] * groups;
    if (channels.isFixed() && !channels.is(built)) {
      throw refuse(
          "NN-011",
          "needs %s input channels, got %s".formatted(built, channels),
          input,
          "applied twice, a layer shares its kernel; with data_format %s channels are axis %s"
              .formatted(dataFormat, dataFormat.channelAxis(4)));
    }
  }

  @Override
  protected Value call(Call call, Value given) {
    checkChannels(given.tensorType());
    WindowGrid windows = new WindowGrid(kernelSize, strides, dilationRate, padding);
    WindowGrid.OnnxPadding onnx = windows.padding(this, given.tensorType(), dataFormat);
    Value y =
        Value.of(
            new Convolution.Conv(
                onnx.auto(), dilationRate, groups, kernelSize, onnx.pads(), strides),
            dataFormat.toChannelsFirst(given.cast(computeType())),
            call.weight(kernel()).transpose(3, 2, 0, 1),
            bias(call));
    return activate(call, dataFormat.ofChannelsFirst(y));
  }

  @Override
  void configureShape(Config config) {
    filters = Allowed.atLeast(1, this, "filters", config.integer("filters", filters));
    kernelSize = Options.pair(this, config, "kernel_size", kernelSize);
    strides = Options.pair(this, config, "strides", strides);
    padding = config.choice("padding", padding);
    dataFormat = config.choice("data_format", dataFormat);
    dilationRate = Options.pair(this, config, "dilation_rate", dilationRate);
    groups = Allowed.atLeast(1, this, "groups", config.integer("groups", groups));
  }
}
