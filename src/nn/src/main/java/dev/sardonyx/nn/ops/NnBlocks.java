package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.Blocks;
import dev.sardonyx.ir.Convolution;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Blocks of images as channels, and channels as blocks. */
final class NnBlocks {
  private static final String BLOCK = "(x; block_size, data_format='channels_last')";
  private static final String WINDOW = "kernel_size, dilation=1, padding=0, stride=1)";

  static final OpTable TABLE =
      new OpTable()
          .op("DepthToSpace" + BLOCK, c -> space(c))
          .op("SpaceToDepth" + BLOCK, c -> depth(c))
          .op("Unfold(x; " + WINDOW, NnBlocks::unfold)
          .op("Fold(x; output_size, " + WINDOW, NnBlocks::fold);

  private NnBlocks() {}

  private static Value space(OpCall call) {
    Value x = call.x();
    long b = call.integer("block_size");
    boolean last = NnWindows.lastChannels(call);
    Value h = Sizes.of(x, last ? 1 : 2);
    Value w = Sizes.of(x, last ? 2 : 3);
    long c = Sizes.fixed(call, x, last ? 3 : 1) / (b * b);
    Value n = Sizes.of(x, 0);
    return last
        ? Sizes.reshape(
            Sizes.reshape(x, n, h, w, b, b, c).transpose(0, 1, 3, 2, 4, 5),
            n,
            h.mul(b),
            w.mul(b),
            c)
        : Sizes.reshape(
            Sizes.reshape(x, n, c, b, b, h, w).transpose(0, 1, 4, 2, 5, 3),
            n,
            c,
            h.mul(b),
            w.mul(b));
  }

  private static Value depth(OpCall call) {
    Value x = call.x();
    long b = call.integer("block_size");
    boolean last = NnWindows.lastChannels(call);
    Value h = Sizes.of(x, last ? 1 : 2).div(Value.longs(b));
    Value w = Sizes.of(x, last ? 2 : 3).div(Value.longs(b));
    long c = Sizes.fixed(call, x, last ? 3 : 1);
    Value n = Sizes.of(x, 0);
    return last
        ? Sizes.reshape(
            Sizes.reshape(x, n, h, b, w, b, c).transpose(0, 1, 3, 2, 4, 5), n, h, w, c * b * b)
        : Sizes.reshape(
            Sizes.reshape(x, n, c, h, b, w, b).transpose(0, 1, 3, 5, 2, 4), n, c * b * b, h, w);
  }

  /** The windows of [N, C, H, W] as [N, C·kh·kw, windows]. */
  private static Value unfold(OpCall call) {
    Value x = call.x();
    long[] pads = call.perAxis("padding", 2);
    Value windows =
        windows(
            call,
            x,
            call.perAxis("kernel_size", 2),
            call.perAxis("stride", 2),
            call.perAxis("dilation", 2),
            new long[] {pads[0], pads[1], pads[0], pads[1]});
    return Sizes.reshape(windows, Sizes.shape(windows, 0, 2), -1L);
  }

  /** A convolution whose kernels have one 1 each: [N, C·kh·kw, …]; no pads is padding "same". */
  static Value windows(
      OpCall call, Value x, long[] size, long[] strides, long[] rates, long @Nullable [] pads) {
    int axes = size.length;
    long channels = Sizes.fixed(call, x, 1);
    int taps = 1;
    for (long extent : size) {
      taps *= (int) extent;
    }
    ElementType element = x.element().isFloat() ? x.element() : ElementType.FLOAT32;
    double[] kernel = new double[(int) channels * taps * taps];
    for (int i = 0; i < channels * taps; i++) {
      kernel[i * taps + i % taps] = 1;
    }
    long[] shape = new long[axes + 2];
    shape[0] = channels * taps;
    shape[1] = 1;
    System.arraycopy(size, 0, shape, 2, axes);
    Convolution.Conv op =
        new Convolution.Conv(
            pads == null ? AutoPad.SAME_UPPER : AutoPad.NOTSET,
            NnWindows.list(rates),
            channels,
            NnWindows.list(size),
            pads == null ? List.of() : NnWindows.list(pads),
            NnWindows.list(strides));
    Value ones = Value.constant(Tensor.from(element, kernel, shape));
    return Value.of(op, x.cast(element), ones).cast(x.element());
  }

  /** The sum of windows [N, C·kh·kw, windows] in their places in [N, C, H, W]. */
  private static Value fold(OpCall call) {
    long[] pads = call.perAxis("padding", 2);
    Blocks.Col2Im op =
        new Blocks.Col2Im(
            NnWindows.list(call.perAxis("dilation", 2)),
            List.of(pads[0], pads[1], pads[0], pads[1]),
            NnWindows.list(call.perAxis("stride", 2)));
    return Value.of(
        op,
        call.x(),
        Value.longs(call.perAxis("output_size", 2)),
        Value.longs(call.perAxis("kernel_size", 2)));
  }
}
