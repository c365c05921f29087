package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.Convolution;
import dev.sardonyx.ir.Op;
import dev.sardonyx.ir.Pooling;
import dev.sardonyx.ir.Value;
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
          .op("AdaptiveMaxPool(inputs; output_size, data_format=None)", c -> adaptive(c, true))
          .op("AdaptiveAveragePool(inputs; output_size, data_format=None)", c -> adaptive(c, false))
          .op("Conv(inputs, kernel" + RATES, NnWindows::conv)
          .op("DepthwiseConv(inputs, kernel" + RATES, NnWindows::depthwise)
          .op(
              "SeparableConv(inputs, depthwise_kernel, pointwise_kernel" + RATES,
              NnWindows::separable)
          .op(
              "ConvTranspose(inputs, kernel; strides=1, padding='valid', output_padding=None,"
                  + " data_format=None, dilation_rate=1)",
              TransposedConvolution::of);

  private NnWindows() {}

  /** With the channels behind the batch, as ONNX has them. */
  static Value channelsFirst(OpCall call, Value x) {
    return lastChannels(call) ? Axes.move(x, x.shape().rank() - 1, 1) : x;
  }

  /** With the channels where the data format says. */
  static Value restore(OpCall call, Value y) {
    return lastChannels(call) ? Axes.move(y, 1, y.shape().rank() - 1) : y;
  }

  static boolean lastChannels(OpCall call) {
    return !call.has("data_format")
        || call.choice("data_format", "channels_last", "channels_first").equals("channels_last");
  }

  static List<Long> list(long[] numbers) {
    return LongStream.of(numbers).boxed().toList();
  }

  static List<Long> all(int count, long number) {
    return Collections.nCopies(count, number);
  }

  private static AutoPad padding(OpCall call) {
    return call.text("padding").equalsIgnoreCase("same") ? AutoPad.SAME_UPPER : AutoPad.VALID;
  }

  private static Value pool(OpCall call, boolean greatest) {
    Value x = channelsFirst(call, call.value("inputs"));
    int axes = x.shape().rank() - 2;
    List<Long> size = list(call.perAxis("pool_size", axes));
    List<Long> strides = call.has("strides") ? list(call.perAxis("strides", axes)) : size;
    List<Long> none = List.of();
    List<Long> ones = all(axes, 1);
    Op op =
        greatest
            ? new Pooling.MaxPool(padding(call), false, ones, size, none, false, strides)
            : new Pooling.AveragePool(padding(call), false, false, ones, size, none, strides);
    return restore(call, Value.of(op, x));
  }

  /** Bins from ⌊i·n/k⌋ to ⌈(i+1)·n/k⌉. */
  private static Value adaptive(OpCall call, boolean greatest) {
    Value x = channelsFirst(call, call.value("inputs"));
    int axes = x.shape().rank() - 2;
    long[] sizes = call.perAxis("output_size", axes);
    for (int axis = 0; axis < axes; axis++) {
      long n = Sizes.fixed(call, x, axis + 2);
      List<Value> bins = new ArrayList<>();
      for (long i = 0; i < sizes[axis]; i++) {
        long end = -Math.floorDiv(-(i + 1) * n, sizes[axis]);
        Value bin = x.slice(axis + 2, i * n / sizes[axis], end);
        bins.add(greatest ? bin.max(true, axis + 2) : bin.mean(true, axis + 2));
      }
      x = Value.concat(axis + 2, bins);
    }
    return restore(call, x);
  }

  private static Value conv(OpCall call) {
    List<Value> pair = call.pair("inputs", "kernel");
    Value x = channelsFirst(call, pair.get(0));
    int rank = x.shape().rank();
    Value kernel = kernel(pair.get(1));
    long group = Sizes.fixed(call, x, 1) / Sizes.fixed(call, kernel, 1);
    return restore(call, windowed(call, x, kernel, group, rank - 2));
  }

  /** From [spatial…, in, out] to [out, in, spatial…]. */
  static Value kernel(Value kernel) {
    int rank = kernel.shape().rank();
    return Axes.move(kernel, new long[] {rank - 1, rank - 2}, new long[] {0, 1});
  }

  private static Value windowed(OpCall call, Value x, Value kernel, long group, int axes) {
    List<Long> size = new ArrayList<>();
    for (int axis = 0; axis < axes; axis++) {
      size.add(Sizes.fixed(call, kernel, axis + 2));
    }
    long[] rates = call.perAxis("dilation_rate", axes);
    boolean spread = LongStream.of(rates).anyMatch(r -> r > 1);
    boolean same = spread && padding(call) == AutoPad.SAME_UPPER;
    Op op =
        new Convolution.Conv(
            same ? AutoPad.NOTSET : padding(call),
            list(rates),
            group,
            size,
            same ? around(size, rates) : List.of(),
            list(call.perAxis("strides", axes)));
    return Value.of(op, x, kernel);
  }

  /** Pads of a kernel with gaps, whose strides are 1. */
  private static List<Long> around(List<Long> size, long[] rates) {
    List<Long> pads = new ArrayList<>();
    for (int i = 0; i < rates.length; i++) {
      pads.add((size.get(i) - 1) * rates[i] / 2);
    }
    for (int i = 0; i < rates.length; i++) {
      pads.add((size.get(i) - 1) * rates[i] - pads.get(i));
    }
    return pads;
  }

  private static Value depthwise(OpCall call) {
    List<Value> pair = call.pair("inputs", "kernel");
    return restore(call, depthwise(call, pair.get(0), pair.get(1)));
  }

  /** Each channel has kernels of its own: [spatial…, in, multiplier]. */
  private static Value depthwise(OpCall call, Value inputs, Value given) {
    Value x = channelsFirst(call, inputs);
    int rank = given.shape().rank();
    Value front = Axes.move(given, new long[] {rank - 2, rank - 1}, new long[] {0, 1});
    Value kernel = Sizes.reshape(front, -1L, 1L, Sizes.shape(front, 2, rank));
    return windowed(call, x, kernel, Sizes.fixed(call, x, 1), rank - 2);
  }

  private static Value separable(OpCall call) {
    List<Value> pair = call.pair("inputs", "depthwise_kernel");
    Value each = depthwise(call, pair.get(0), pair.get(1));
    Value points = kernel(call.value("pointwise_kernel").cast(each.element()));
    int axes = each.shape().rank() - 2;
    Op op =
        new Convolution.Conv(AutoPad.VALID, all(axes, 1), 1, all(axes, 1), List.of(), all(axes, 1));
    return restore(call, Value.of(op, each, points));
  }
}
