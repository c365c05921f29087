package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * The gradient of a convolution's kernel: dw[m,c,k] = Σ over n, o of narrow[n,m,o] · wide[n,c,
 * o·stride + k·dilation - pad]. For Conv the input is wide and dy narrow, for ConvTranspose dy is
 * wide and the input narrow.
 *
 * <p>No one lowering is the fastest: {@link #TABLE} chooses by what is known of the shapes.
 */
final class ConvWeightGradient {
  private record Row(
      Predicate<ConvWeightGradient> fits, Function<ConvWeightGradient, Value> lowering) {}

  /** More numbers for one image are too many to lay out as columns of all. */
  private static final long MAX_COLUMNS = 1 << 21;

  /** Fewer numbers for one image are not worth a turn of a loop, which takes some 10 µs. */
  private static final long MIN_COLUMNS = 24_576;

  /**
   * The first row that fits is taken. Measured on ONNX Runtime 1.29.0, one thread, as ratios to
   * PyTorch's same gradient (below 1 is faster):
   *
   * <pre>
   * images, kernel                  elementwise  by image  tap by tap  columns  swapped
   * 32×64×16×16, 3×3 depthwise         11         12                     36       34
   * 32×64×32×32, 64 3×3                            1.2       1.4          1.5      2.9
   * 32×64×16×16, 64 3×3                            1.4       1.4          1.9      3.1
   * 64×16×28×28, 32 3×3                            1.7       1.8          2.2      3.9
   * 32×64×16×16, 128 3×3 by 2                      1.3       1.6          1.9      2.5
   * 4×3×224×224, 64 7×7 by 2                       2.0       7.9          2.1      1.8
   * 64×3×32×32, 32 3×3                             1.5       5.5          1.6      3.0
   * 32×64×16×16, 64 3×3, 4 groups                  3.3                    4.6      8.6
   * 64×6×14×14, 16 5×5                             2.7       2.6          1.8      2.0
   * 64×1×28×28, 6 5×5                  5.0         3.1       9.5          1.8      2.6
   * 32×64×16×16, 128 1×1                            .88      1.0           .72     3.9
   * 8×256×14×14, 256 3×3                           1.2       1.1          1.2      1.9
   * </pre>
   *
   * On two threads the gap between the images' loop and the products tap by tap widens: 2.2 against
   * 1.2 for the 16 channels. Columns by Gather took 3 to 4 times as long as PyTorch, those of all
   * images by a convolution 1.5 to 2.8 times.
   */
  private static final List<Row> TABLE =
      List.of(
          new Row(g -> g.fixed() && g.depthwise(), ConvWeightGradient::elementwise),
          new Row(g -> g.fixed() && g.loops(), ConvWeightGradient::byImage),
          new Row(
              g -> g.fixed() && g.columnsPerImage() <= MAX_COLUMNS, ConvWeightGradient::columns),
          new Row(g -> true, ConvWeightGradient::swapped));

  private final Correlation c;
  private final KernelTaps taps;
  private final Value wide;
  private final Value narrow;
  private final Value kernel;

  private ConvWeightGradient(Correlation c, Value wide, Value narrow, Value kernel) {
    this.c = c;
    this.taps = new KernelTaps(c.windows());
    this.wide = wide;
    this.narrow = narrow;
    this.kernel = kernel;
  }

  static Value of(Correlation c, Value wide, Value narrow, Value kernel) {
    ConvWeightGradient gradient = new ConvWeightGradient(c, wide, narrow, kernel);
    Row row = TABLE.stream().filter(r -> r.fits().test(gradient)).findFirst().orElseThrow();
    return row.lowering().apply(gradient);
  }

  /** Whether all spatial extents are known, and a kernel's channels. */
  private boolean fixed() {
    return kernel.shape().dim(1).isFixed()
        && taps.count() <= 1024
        && IntStream.range(2, wide.shape().rank())
            .allMatch(i -> wide.shape().dim(i).isFixed() && narrow.shape().dim(i).isFixed());
  }

  /** The wide side's channels in one group. */
  private long channels() {
    return kernel.shape().dim(1).value();
  }

  private boolean depthwise() {
    return c.group() > 1 && channels() == 1 && narrow.shape().dim(1).is(c.group());
  }

  private long columnsPerImage() {
    return positions().times(taps.count()).times(channels()).times(c.group()).value();
  }

  /** The number of windows. */
  private Dim positions() {
    List<Dim> dims = narrow.shape().dims();
    return Shape.of(dims.subList(2, dims.size())).size();
  }

  /** One channel meets one: multiply and add up, for each tap. */
  private Value elementwise() {
    long[] summed = LongStream.range(0, wide.shape().rank()).filter(i -> i != 1).toArray();
    List<Value> sums = new ArrayList<>();
    for (Value tap : taps.of(wide, narrow.shape())) {
      sums.add(tap.mul(narrow).sum(false, summed).unsqueeze(1));
    }
    return asKernel(Value.concat(1, sums));
  }

  /** Whether to go image by image: these are worth it, and a convolution gives the columns. */
  private boolean loops() {
    if (taps.count() == 1
        || columnsPerImage() < MIN_COLUMNS
        || !kernel.shape().isFixed()
        || !wide.shape().dim(1).isFixed()) {
      return false;
    }
    for (int i = 0; i < c.windows().size(); i++) {
      Window w = c.windows().get(i);
      Dim count = w.count(wide.shape().dim(i + 2));
      if (w.before() < 0 || w.after() < 0 || !count.equals(narrow.shape().dim(i + 2))) {
        return false;
      }
    }
    return true;
  }

  /**
   * The columns of one image, then of the next: [C·taps, windows] · [windows, M] is added up. They
   * fit into the processor's cache. A convolution with a kernel of one 1 for each tap makes them.
   */
  private Value byImage() {
    long channels = wide.shape().dim(1).value();
    long outputs = kernel.shape().dim(0).value();
    long rows = channels() * taps.count();
    long group = c.group();
    Tensor zeros = Tensor.zeros(kernel.element(), group, rows, outputs / group);
    ScanBuilder scan = new ScanBuilder();
    Value sum = scan.state(group == 1 ? squeezed(zeros) : Value.constant(zeros));
    Value image = scan.element(wide, 0, 0);
    Value seen = scan.element(narrow, 0, 0);
    // Not the channels as images of their own: their convolution is put into blocks of 16 channels.
    Correlation each = new Correlation(c.windows(), channels);
    Value columns = each.gather(image.unsqueeze(0), eye(channels));
    long length = positions().value();
    if (group == 1) {
      Value right = seen.reshape(outputs, length);
      scan.next(columns.reshape(rows, length).gemm(right, sum, false, true));
    } else {
      Value right = seen.reshape(group, outputs / group, length).transpose(0, 2, 1);
      scan.next(columns.reshape(group, rows, length).matMul(right).add(sum));
    }
    Value dw = scan.results().get(0);
    Value turned = group == 1 ? dw.transpose(1, 0) : dw.transpose(0, 2, 1);
    return turned.reshape(kernel.shape().fixed());
  }

  private static Value squeezed(Tensor tensor) {
    long[] dims = tensor.dims();
    return Value.constant(tensor.reshape(dims[1], dims[2]));
  }

  /** [channels·taps, 1, …]: for each tap the kernel that sees it alone. */
  private Value eye(long channels) {
    int n = Math.toIntExact(taps.count());
    double[] ones = new double[Math.toIntExact(channels * n * n)];
    for (int i = 0; i < ones.length; i += n) {
      ones[i + i / n % n] = 1;
    }
    long[] dims = LongStream.concat(LongStream.of(channels * n, 1), kernelExtents()).toArray();
    return Value.constant(Tensor.from(wide.element(), ones, dims));
  }

  private LongStream kernelExtents() {
    return c.windows().stream().mapToLong(Window::kernel);
  }

  /** All taps side by side, one product [M, windows] · [windows, taps·C] for each image. */
  private Value columns() {
    long length = positions().value();
    List<Value> columns = new ArrayList<>();
    for (Value tap : taps.of(wide, narrow.shape())) {
      columns.add(tap.reshape(0, c.group(), channels(), length));
    }
    Value all = columns.size() == 1 ? columns.get(0) : Value.concat(2, columns);
    Value rows = narrow.reshape(0, c.group(), -1, length);
    Value sum = rows.matMul(all.transpose(0, 1, 3, 2)).sum(false, 0);
    return asKernel(sum.reshape(-1, taps.count(), channels()).transpose(0, 2, 1));
  }

  /**
   * A convolution of wide with narrow as its kernel: batch and channels trade places, and so do
   * strides and dilations.
   */
  private Value swapped() {
    List<Long> pads = new ArrayList<>();
    List<Long> after = new ArrayList<>();
    Value seen = wide;
    for (int i = 0; i < c.windows().size(); i++) {
      Window w = c.windows().get(i);
      long cut = unseen(w, i);
      pads.add(w.before());
      after.add(Math.max(0, w.after() - cut));
      if (cut > w.after()) {
        long extent = wide.shape().dim(i + 2).value();
        seen = seen.slice(i + 2, 0, extent - (cut - w.after()));
      }
    }
    pads.addAll(after);
    Op conv =
        new Convolution.Conv(
            AutoPad.NOTSET, c.strides(), c.group(), List.of(), pads, c.dilations());
    Value dw = swap(Value.of(conv, batchAsChannels(seen), swap(narrow)));
    for (int i = 0; i < c.windows().size(); i++) {
      long extent = c.windows().get(i).kernel();
      dw = dw.shape().dim(i + 2).is(extent) ? dw : dw.slice(i + 2, 0, extent);
    }
    return dw.reshapeLike(kernel);
  }

  /**
   * How much to take off the padded end of an axis, so that there is a result for each element of
   * the kernel and no further one; 0 where that is not known.
   */
  private long unseen(Window w, int i) {
    Dim extent = wide.shape().dim(i + 2);
    Dim rest = w.rest(extent, narrow.shape().dim(i + 2));
    boolean known = rest.isFixed() && rest.value() > 0;
    boolean cuttable = known && extent.isFixed() && extent.value() + w.after() > rest.value();
    return known && (rest.value() <= w.after() || cuttable) ? rest.value() : 0;
  }

  private static Value swap(Value value) {
    long[] perm = LongStream.range(0, value.shape().rank()).toArray();
    perm[0] = 1;
    perm[1] = 0;
    return value.transpose(perm);
  }

  /** [N, group·C, …] as [C, group·N, …], so that one grouped convolution does all groups. */
  private Value batchAsChannels(Value value) {
    if (c.group() == 1) {
      return swap(value);
    }
    Value channels = Extents.axis(kernel, 1);
    Value split = Extents.join(List.of(Value.longs(0, c.group()), channels, Value.longs(-1)));
    Value grouped = value.reshape(split).transpose(2, 1, 0, 3);
    Value extents = Extents.shape(value, 2, value.shape().rank());
    return grouped.reshape(Extents.join(List.of(Value.longs(0, -1), extents)));
  }

  /** [M, C·taps] or [M, C, taps] in the kernel's shape. */
  private Value asKernel(Value dw) {
    if (kernel.shape().isFixed()) {
      return dw.reshape(kernel.shape().fixed());
    }
    return dw.reshape(LongStream.concat(LongStream.of(-1, channels()), kernelExtents()).toArray());
  }
}
