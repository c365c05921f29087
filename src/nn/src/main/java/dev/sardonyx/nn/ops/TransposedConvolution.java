package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.Convolution;
import dev.sardonyx.ir.Value;
import java.util.ArrayList;
import java.util.List;

/** Convolution backwards: each element of the input spreads a kernel over the result. */
final class TransposedConvolution {
  private TransposedConvolution() {}

  /** Everything is computed, then cut or filled up to the extent that the padding asks for. */
  static Value of(OpCall call) {
    List<Value> pair = call.pair("inputs", "kernel");
    Value x = NnWindows.channelsFirst(call, pair.get(0));
    int axes = x.shape().rank() - 2;
    long[] strides = call.perAxis("strides", axes);
    long[] rates = call.perAxis("dilation_rate", axes);
    Value given = pair.get(1);
    Value kernel = Axes.move(given, new long[] {axes + 1, axes}, new long[] {0, 1});
    List<Long> size = new ArrayList<>();
    for (int i = 0; i < axes; i++) {
      size.add(Sizes.fixed(call, given, i));
    }
    Convolution.ConvTranspose op =
        new Convolution.ConvTranspose(
            AutoPad.NOTSET,
            NnWindows.list(rates),
            1,
            size,
            NnWindows.all(axes, 0),
            List.of(),
            NnWindows.all(2 * axes, 0),
            NnWindows.list(strides));
    Value full = Value.of(op, x, kernel);
    long[] pads = new long[2 * axes + 4];
    for (int i = 0; i < axes; i++) {
      long reach = (size.get(i) - 1) * rates[i] + 1;
      long[] both = padding(call, reach, strides[i], axes, i);
      pads[i + 2] = both[0] - (reach - 1);
      pads[axes + 4 + i] = both[1] - (reach - 1);
    }
    return NnWindows.restore(call, full.pad(pads, 0));
  }

  /** What comes before and after the input that strides have spread. */
  private static long[] padding(OpCall call, long reach, long stride, int axes, int axis) {
    boolean given = call.has("output_padding");
    long more = given ? call.perAxis("output_padding", axes)[axis] : 0;
    if (call.text("padding").equalsIgnoreCase("valid")) {
      long after = given ? more : Math.max(reach, stride) - reach;
      return new long[] {reach - 1, reach - 1 + after};
    }
    long length = given ? reach + reach % 2 - 2 + more : stride + reach - 2;
    long before = Math.min(length / 2 + length % 2, reach - 1);
    return new long[] {before, length - before};
  }
}
