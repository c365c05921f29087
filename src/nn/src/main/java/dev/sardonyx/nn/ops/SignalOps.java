package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.AutoPad;
import dev.sardonyx.ir.Convolution;
import dev.sardonyx.ir.Slicing;
import dev.sardonyx.ir.Spectra;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import java.util.stream.LongStream;

/** Fourier transforms; complex numbers are pairs of real and imaginary parts. */
final class SignalOps {
  private static final String STFT =
      "sequence_length, sequence_stride, fft_length, window='hann', center=True)";

  static final OpTable TABLE =
      new OpTable()
          .many("FFT(x)", c -> transform(c.values("x"), -1, false))
          .many("FFT2(x)", c -> transform(transform(c.values("x"), -1, false), -2, false))
          .many("IFFT2(x)", c -> transform(transform(c.values("x"), -1, true), -2, true))
          .many("RFFT(x; fft_length=None)", SignalOps::real)
          .op(
              "IRFFT(x; fft_length=None)",
              c -> inverse(c, c.values("x"), c.has("fft_length") ? c.integer("fft_length") : 0))
          .op(
              "ExtractSequences(x; sequence_length, sequence_stride)",
              c -> frames(c.x(), c.integer("sequence_length"), c.integer("sequence_stride")))
          .many("STFT(x; " + STFT, SignalOps::shortTime)
          .op(
              "ISTFT(x; sequence_length, sequence_stride, fft_length, length=None,"
                  + " window='hann', center=True)",
              SignalOps::inverseShortTime);

  private SignalOps() {}

  private static List<Value> parts(Value complex) {
    return List.of(complex.slice(-1, 0, 1).squeeze(-1), complex.slice(-1, 1, 2).squeeze(-1));
  }

  private static Value joined(List<Value> parts) {
    return Value.concat(-1, parts.get(0).unsqueeze(-1), parts.get(1).unsqueeze(-1));
  }

  private static List<Value> transform(List<Value> x, int axis, boolean inverse) {
    Value complex = joined(x);
    long place = complex.shape().rank() - 1 + axis;
    Value along = Value.constant(Tensor.scalar(place));
    return parts(Value.of(new Spectra.DFT(inverse, false), complex, null, along));
  }

  private static List<Value> real(OpCall call) {
    Value x = call.floating();
    long n = call.has("fft_length") ? call.integer("fft_length") : 0;
    return real(n == 0 ? x : fitted(call, x, n));
  }

  private static List<Value> real(Value x) {
    Value column = x.unsqueeze(-1);
    Value along = Value.constant(Tensor.scalar((long) x.shape().rank() - 1));
    return parts(Value.of(new Spectra.DFT(false, true), column, null, along));
  }

  /** The last axis cut or filled with zeros. */
  private static Value fitted(OpCall call, Value x, long n) {
    int rank = x.shape().rank();
    long extent = Sizes.fixed(call, x, rank - 1);
    long[] pads = new long[2 * rank];
    pads[2 * rank - 1] = Math.max(0, n - extent);
    return extent > n ? x.slice(-1, 0, n) : extent == n ? x : x.pad(pads, 0);
  }

  /** Of the half that real signals have; the other half mirrors it. */
  private static Value inverse(OpCall call, List<Value> x, long length) {
    int rank = x.get(0).shape().rank();
    long n = length == 0 ? 2 * (Sizes.fixed(call, x.get(0), rank - 1) - 1) : length;
    Value re = fitted(call, x.get(0), n / 2 + 1);
    Value im = fitted(call, x.get(1), n / 2 + 1);
    int last = rank - 1;
    Value mirroredRe = NumpyShaping.flip(re.slice(-1, 1, (n + 1) / 2), last);
    Value mirroredIm = NumpyShaping.flip(im.slice(-1, 1, (n + 1) / 2), last).neg();
    List<Value> whole =
        List.of(Value.concat(last, re, mirroredRe), Value.concat(last, im, mirroredIm));
    return transform(whole, -1, true).get(0);
  }

  /** Windows of the last axis, a new axis before it. */
  private static Value frames(Value x, long length, long stride) {
    int last = x.shape().rank() - 1;
    Value count = Sizes.of(x, last).sub(length).div(Value.longs(stride)).add(1).squeeze(0);
    Value starts =
        x.shape().dim(last).isFixed()
            ? Value.longs(
                LongStream.rangeClosed(0, (x.shape().dim(last).value() - length) / stride)
                    .map(i -> i * stride)
                    .toArray())
            : Sizes.range(count).mul(stride);
    Value places = starts.unsqueeze(1).add(Value.longs(LongStream.range(0, length).toArray()));
    return x.gather(places, last);
  }

  /** The window with zeros around it, as long as a transform. */
  private static double[] window(OpCall call) {
    int length = (int) call.integer("sequence_length");
    int n = (int) call.integer("fft_length");
    double[] window = new double[n];
    int start = call.has("window") ? (n - length) / 2 : 0;
    for (int i = 0; i < (call.has("window") ? length : n); i++) {
      window[start + i] = call.has("window") ? tap(call, i, length) : 1;
    }
    return window;
  }

  private static double tap(OpCall call, int i, int length) {
    Object given = call.raw("window");
    if (given instanceof List<?> taps) {
      return ((Number) taps.get(i)).doubleValue();
    }
    if (given instanceof Tensor taps) {
      return taps.getDouble(i);
    }
    double wave = Math.cos(2 * Math.PI * i / length);
    return call.choice("window", "hann", "hamming").equals("hann")
        ? 0.5 - 0.5 * wave
        : 0.54 - 0.46 * wave;
  }

  private static Value vector(ElementType element, double[] numbers) {
    return Value.constant(Tensor.from(element, numbers, new long[] {numbers.length}));
  }

  private static List<Value> shortTime(OpCall call) {
    Value x = call.floating();
    long n = call.integer("fft_length");
    if (call.flag("center")) {
      int rank = x.shape().rank();
      long[] pads = new long[2 * rank];
      pads[rank - 1] = n / 2;
      pads[2 * rank - 1] = n / 2;
      x = Value.of(new Slicing.Pad(Slicing.PadMode.REFLECT), x, Value.longs(pads));
    }
    Value frames = frames(x, n, call.integer("sequence_stride"));
    return real(frames.mul(vector(x.element(), window(call))));
  }

  private static Value inverseShortTime(OpCall call) {
    long n = call.integer("fft_length");
    Value frames = inverse(call, call.values("x"), n);
    Value windowed = call.has("window") ? frames.mul(vector(frames.element(), dual(call))) : frames;
    Value sum = overlapped(windowed, (int) n, call.integer("sequence_stride"));
    boolean center = call.flag("center");
    long start = center ? n / 2 : 0;
    long end =
        call.has("length") ? start + call.integer("length") : center ? -(n / 2) : Long.MAX_VALUE;
    return sum.slice(-1, start, end);
  }

  /** The window over the sum of all squared windows that meet at a place. */
  private static double[] dual(OpCall call) {
    double[] window = window(call);
    int stride = (int) call.integer("sequence_stride");
    double[] sums = new double[stride];
    for (int i = 0; i < window.length; i++) {
      sums[i % stride] += window[i] * window[i];
    }
    double[] dual = new double[window.length];
    for (int i = 0; i < dual.length; i++) {
      dual[i] = window[i] == 0 ? 0 : window[i] / sums[i % stride];
    }
    return dual;
  }

  /** Frames added up in their places: a transposed convolution with one tap for each place. */
  private static Value overlapped(Value frames, int n, long stride) {
    int rank = frames.shape().rank();
    Value columns =
        Sizes.reshape(frames, -1L, Sizes.shape(frames, rank - 2, rank)).transpose(0, 2, 1);
    double[] taps = new double[n * n];
    for (int i = 0; i < n; i++) {
      taps[i * n + i] = 1;
    }
    Convolution.ConvTranspose op =
        new Convolution.ConvTranspose(
            AutoPad.NOTSET,
            List.of(1L),
            1,
            List.of((long) n),
            List.of(0L),
            List.of(),
            List.of(0L, 0L),
            List.of(stride));
    Value kernel = Value.constant(Tensor.from(frames.element(), taps, new long[] {n, 1, n}));
    Value sum = Value.of(op, columns, kernel);
    return Sizes.reshape(sum, Sizes.shape(frames, 0, rank - 2), -1L);
  }
}
