package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A kernel that slides over sequences [batch, length, channels], images [batch, height, width,
 * channels] or volumes [batch, depth, height, width, channels].
 *
 * @param <L> the layer itself, which options return
 */
public abstract class SlidingKernelLayer<L extends SlidingKernelLayer<L>> extends KernelLayer<L> {
  private final int rank;
  private List<Long> kernelSize;
  private List<Long> strides;
  private List<Long> dilationRate;
  private Padding padding = Padding.VALID;
  private DataFormat dataFormat = DataFormat.CHANNELS_LAST;

  SlidingKernelLayer(int rank) {
    this.rank = rank;
    this.kernelSize = Collections.nCopies(rank, 0L);
    this.strides = Collections.nCopies(rank, 1L);
    this.dilationRate = Collections.nCopies(rank, 1L);
  }

  final L kernelSize(long... size) {
    kernelSize = Options.tuple(this, "kernel_size", rank, size);
    return self();
  }

  /** How far the next window lies, along each axis or all; 1 by default. */
  public L strides(long... newStrides) {
    strides = Options.tuple(this, "strides", rank, newStrides);
    return self();
  }

  /** What happens at the border; nothing is padded by default. */
  public L padding(Padding newPadding) {
    padding = Options.padding(this, rank, newPadding);
    return self();
  }

  /** Where the channels lie; last by default. */
  public L dataFormat(DataFormat format) {
    dataFormat = format;
    return self();
  }

  /** How far the elements that a filter sees lie apart, along each axis or all; 1 by default. */
  public L dilationRate(long... rate) {
    dilationRate = Options.tuple(this, "dilation_rate", rank, rate);
    return self();
  }

  final int spatialRank() {
    return rank;
  }

  final WindowGrid windows() {
    return new WindowGrid(kernelSize, strides, dilationRate, padding);
  }

  final Padding padding() {
    return padding;
  }

  final DataFormat dataFormat() {
    return dataFormat;
  }

  /** The number of the input's channels, which decides on the kernel. */
  final long channels(TensorType input) {
    Axes.requireSpatial(this, input, dataFormat, rank);
    return Axes.extent(this, input, dataFormat.channelAxis(rank + 2));
  }

  /** A kernel's shape in Keras's layout: its size, then these two. */
  final long[] kernelDims(long in, long out) {
    LongStream spatial = kernelSize.stream().mapToLong(k -> k);
    return LongStream.concat(spatial, LongStream.of(in, out)).toArray();
  }

  /** A kernel [size…, a, b] as [b, a, size…]. */
  final Value kernelLast(Value kernel) {
    long[] order = new long[rank + 2];
    for (int i = 0; i < rank; i++) {
      order[i + 2] = i;
    }
    order[0] = rank + 1;
    order[1] = rank;
    return kernel.transpose(order);
  }

  /** Refuses inputs with other channels than the {@code built} ones. */
  private void checkChannels(TensorType input, long built) {
    int axis = dataFormat.channelAxis(rank + 2);
    Dim channels = input.shape().dim(axis);
    if (channels.isFixed() && !channels.is(built)) {
      throw refuse(
          "NN-011",
          "needs %s input channels, got %s".formatted(built, channels),
          input,
          "applied twice, a layer shares its kernel; with data_format %s channels are axis %s"
              .formatted(dataFormat, axis));
    }
  }

  /** Refuses strides and dilation together, as Keras does. */
  final void requireStridesOrDilation(TensorType input) {
    if (!isOne(strides) && !isOne(dilationRate)) {
      throw refuse(
          "NN-021",
          "has strides %s and dilation_rate %s".formatted(strides, dilationRate),
          input,
          "as in Keras, only one of the two may be other than 1");
    }
  }

  private static boolean isOne(List<Long> values) {
    return values.stream().allMatch(v -> v == 1);
  }

  @Override
  protected final Value call(Call call, Value x) {
    Axes.requireSpatial(this, x.tensorType(), dataFormat, rank);
    checkChannels(x.tensorType(), builtChannels());
    if (shrinks()) {
      windows().requireRoom(this, x.tensorType(), dataFormat);
    }
    Value y = slide(call, dataFormat.toChannelsFirst(x.cast(computeType())));
    return activate(call, dataFormat.ofChannelsFirst(y));
  }

  /** The channels that the kernel was made for. */
  abstract long builtChannels();

  /** The mathematics but for the activation, from and to channels first. */
  abstract Value slide(Call call, Value x);

  /** Whether windows lie in the input, and not in the result. */
  boolean shrinks() {
    return true;
  }

  @Override
  void configureShape(Config config) {
    configureWindows(config);
    dilationRate = Options.tuple(this, config, "dilation_rate", dilationRate);
  }

  /** Names the options of windows without dilation. */
  final void configureWindows(Config config) {
    kernelSize = Options.tuple(this, config, "kernel_size", kernelSize);
    strides = Options.tuple(this, config, "strides", strides);
    padding = Options.padding(this, rank, config.choice("padding", padding));
    dataFormat = config.choice("data_format", dataFormat);
  }
}
