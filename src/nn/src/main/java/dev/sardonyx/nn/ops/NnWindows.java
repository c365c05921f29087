package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.layers.AdaptivePoolingLayer;
import dev.sardonyx.nn.layers.AdaptiveWindows;
import dev.sardonyx.nn.layers.DataFormat;
import dev.sardonyx.nn.layers.DepthwiseConvolutionLayer;
import dev.sardonyx.nn.layers.Padding;
import dev.sardonyx.nn.layers.TransposedConvolutionLayer;
import dev.sardonyx.nn.layers.WindowGrid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;

/** Windows that slide over the spatial axes: pooling and convolution. */
final class NnWindows {
  private static final String POOL =
      "(inputs; pool_size, strides=None, padding='valid', data_format=None)";
  private static final String RATES =
      "; strides=1, padding='valid', data_format=None, dilation_rate=1)";

  static final OpTable TABLE =
      new OpTable()
          .op("MaxPool" + POOL, c -> pool(c, true))
          .op("AveragePool" + POOL, c -> pool(c, false))
          .op(
              "AdaptiveMaxPool(inputs; output_size, data_format=None)",
              c -> adaptive(c, AdaptiveWindows.Pool.MAX))
          .op(
              "AdaptiveAveragePool(inputs; output_size, data_format=None)",
              c -> adaptive(c, AdaptiveWindows.Pool.MEAN))
          .op("Conv(inputs, kernel" + RATES, NnWindows::conv)
          .op("DepthwiseConv(inputs, kernel" + RATES, NnWindows::depthwise)
          .op(
              "SeparableConv(inputs, depthwise_kernel, pointwise_kernel" + RATES,
              NnWindows::separable)
          .op(
              "ConvTranspose(inputs, kernel; strides=1, padding='valid', output_padding=None,"
                  + " data_format=None, dilation_rate=1)",
              NnWindows::transposed);

  private NnWindows() {}

  private static DataFormat format(OpCall call) {
    return lastChannels(call) ? DataFormat.CHANNELS_LAST : DataFormat.CHANNELS_FIRST;
  }

  static boolean lastChannels(OpCall call) {
    return !call.has("data_format")
        || call.choice("data_format", "channels_last", "channels_first").equals("channels_last");
  }

  static List<Long> list(long[] numbers) {
    return LongStream.of(numbers).boxed().toList();
  }

  private static Padding padding(OpCall call) {
    return call.text("padding").equalsIgnoreCase("same") ? Padding.SAME : Padding.VALID;
  }

  private static Value pool(OpCall call, boolean greatest) {
    Value x = format(call).toChannelsFirst(call.value("inputs"));
    int axes = x.shape().rank() - 2;
    List<Long> size = list(call.perAxis("pool_size", axes));
    List<Long> strides = call.has("strides") ? list(call.perAxis("strides", axes)) : size;
    WindowGrid windows = WindowGrid.undilated(size, strides, padding(call));
    return format(call).ofChannelsFirst(greatest ? windows.maxPool(x) : windows.averagePool(x));
  }

  private static Value adaptive(OpCall call, AdaptiveWindows.Pool pool) {
    Value x = format(call).toChannelsFirst(call.value("inputs"));
    List<Long> size = list(call.perAxis("output_size", x.shape().rank() - 2));
    return format(call).ofChannelsFirst(AdaptivePoolingLayer.pooled(pool, size, x));
  }

  /** The windows of a kernel [spatial…, a, b], of which all extents are known. */
  private static WindowGrid windows(OpCall call, Value kernel) {
    int axes = kernel.shape().rank() - 2;
    List<Long> extents = new ArrayList<>();
    for (int axis = 0; axis < axes + 2; axis++) {
      extents.add(Sizes.fixed(call, kernel, axis));
    }
    return new WindowGrid(
        extents.subList(0, axes),
        list(call.perAxis("strides", axes)),
        list(call.perAxis("dilation_rate", axes)),
        padding(call));
  }

  /** From [spatial…, a, b] to [b, a, spatial…]. */
  private static Value lastFirst(Value kernel) {
    int rank = kernel.shape().rank();
    return Axes.move(kernel, new long[] {rank - 1, rank - 2}, new long[] {0, 1});
  }

  private static Value conv(OpCall call) {
    List<Value> pair = call.pair("inputs", "kernel");
    Value x = format(call).toChannelsFirst(pair.get(0));
    Value kernel = lastFirst(pair.get(1));
    long groups = Sizes.fixed(call, x, 1) / Sizes.fixed(call, kernel, 1);
    Value y = windows(call, pair.get(1)).convolve(x, kernel, null, groups);
    return format(call).ofChannelsFirst(y);
  }

  private static Value depthwise(OpCall call) {
    List<Value> pair = call.pair("inputs", "kernel");
    return format(call).ofChannelsFirst(depthwise(call, pair.get(0), pair.get(1)));
  }

  private static Value depthwise(OpCall call, Value inputs, Value kernel) {
    Value x = format(call).toChannelsFirst(inputs);
    return DepthwiseConvolutionLayer.depthwise(windows(call, kernel), x, kernel, null);
  }

  private static Value separable(OpCall call) {
    List<Value> pair = call.pair("inputs", "depthwise_kernel");
    Value each = depthwise(call, pair.get(0), pair.get(1));
    Value mixing = lastFirst(call.value("pointwise_kernel").cast(each.element()));
    List<Long> ones = Collections.nCopies(each.shape().rank() - 2, 1L);
    WindowGrid points = WindowGrid.undilated(ones, ones, Padding.VALID);
    return format(call).ofChannelsFirst(points.convolve(each, mixing, null, 1));
  }

  private static Value transposed(OpCall call) {
    List<Value> pair = call.pair("inputs", "kernel");
    Value x = format(call).toChannelsFirst(pair.get(0));
    WindowGrid windows = windows(call, pair.get(1));
    List<Long> added =
        call.has("output_padding")
            ? list(call.perAxis("output_padding", windows.size().size()))
            : null;
    Value kernel = lastFirst(pair.get(1));
    Value y = TransposedConvolutionLayer.transposed(windows, added, x, kernel, null);
    return format(call).ofChannelsFirst(y);
  }
}
