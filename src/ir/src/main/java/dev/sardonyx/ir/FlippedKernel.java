package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What {@link Correlation#spread} computes, said as a Conv of the narrow side with the kernel
 * turned round, where windows lie one element apart.
 *
 * <p>Measured on ONNX Runtime 1.29.0 as ratios to PyTorch's same gradient, on one thread and on two
 * (below 1 is faster); C are the result's channels:
 *
 * <pre>
 * result, kernel                     ConvTranspose    flipped Conv
 * 32×64×16×16, 64 3×3                 1.5               1.4
 * 32×64×32×32, 64 3×3                 1.4   1.7         1.2   1.2
 * 32×64×16×16, 128 1×1                1.0   1.1          .93   .97
 * 32×64×16×16, 64 3×3, 4 groups       2.6   4.5         2.1   2.1
 * 32×64×16×16, 64 3×3 depthwise       7.4   12          4.2   3.4
 * 64×16×28×28, 32 3×3                 1.6   1.5         1.7   1.2
 * 8×256×14×14, 256 3×3                1.4   1.4         1.6   1.8
 * 64×3×32×32, 32 3×3                   .31   .49         .92   .88
 * 64×6×14×14, 16 5×5                   .74  1.2         3.3   3.2
 * </pre>
 */
record FlippedKernel(Correlation c, Value narrow, Value kernel, Value like) {
  /** Smaller images do not make up for turning the kernel round. */
  private static final long MIN_POSITIONS = 256;

  /** Whether this is possible, and measured to be the faster one. */
  boolean wins() {
    if (!kernel.shape().isFixed() || !isDense()) {
      return false;
    }
    boolean one = c.windows().stream().allMatch(w -> w.kernel() == 1);
    boolean widens = channels() >= kernel.shape().dim(0).value();
    return one || c.group() > 1 || widens && positions() >= MIN_POSITIONS;
  }

  /** Whether each element of the result is in a window, which is one element from the next. */
  private boolean isDense() {
    for (int i = 0; i < c.windows().size(); i++) {
      Window w = c.windows().get(i);
      Dim rest = w.rest(like.shape().dim(i + 2), narrow.shape().dim(i + 2));
      boolean inside = w.before() >= 0 && w.after() >= 0;
      boolean seen = w.before() < w.reach() && w.after() < w.reach();
      if (w.stride() != 1 || !inside || !seen || !rest.is(0)) {
        return false;
      }
    }
    return true;
  }

  private long channels() {
    return kernel.shape().dim(1).value() * c.group();
  }

  /** The number of windows; 0 where it is not known. */
  private long positions() {
    List<Dim> dims = narrow.shape().dims();
    Dim size = Shape.of(dims.subList(2, dims.size())).size();
    return size.isFixed() ? size.value() : 0;
  }

  Value spread() {
    List<Window> turned = new ArrayList<>();
    for (Window w : c.windows()) {
      turned.add(w.withPadding(w.reach() - 1 - w.before(), w.reach() - 1 - w.after()));
    }
    return new Correlation(turned, c.group()).gather(narrow, flipped());
  }

  /** [M, C/group, …] as [C, M/group, …], each spatial axis from its end. */
  private Value flipped() {
    long perGroup = kernel.shape().dim(0).value() / c.group();
    long seen = kernel.shape().dim(1).value();
    long[] extents = c.windows().stream().mapToLong(Window::kernel).toArray();
    long taps = LongStream.of(extents).reduce(1, Math::multiplyExact);
    Value grouped = kernel.reshape(c.group(), perGroup, seen, taps).transpose(0, 2, 1, 3);
    if (taps > 1) {
      long[] backwards = LongStream.range(0, taps).map(i -> taps - 1 - i).toArray();
      grouped = grouped.gather(Value.longs(backwards), 3);
    }
    LongStream channels = LongStream.of(channels(), perGroup);
    return grouped.reshape(LongStream.concat(channels, LongStream.of(extents)).toArray());
  }
}
