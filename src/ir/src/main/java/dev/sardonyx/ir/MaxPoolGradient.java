package dev.sardonyx.ir;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;

/**
 * MaxPool's gradient: each dy goes to the place that won, the first of equal ones.
 *
 * <p>The pool's second result tells the place, but a MaxPool that gives it takes ten times as long
 * as one that does not, so that it had better not be computed. Measured with forward, 2×2 windows,
 * one thread, as ratios to PyTorch's:
 *
 * <pre>
 * images                          64×6×28×28   32×64×16×16
 * first match by marks               0.32         0.32
 * masks for each tap of windows      0.42         0.44
 * places and MaxUnpool               0.76         0.73
 * Resize and one mask                0.17         0.16   wrong where elements are equal
 * </pre>
 */
record MaxPoolGradient(Pooling.MaxPool pool, Pullback p) {
  /** Larger images would make the file large, too. */
  private static final long MAX_MARKS = 1 << 16;

  Value toInput() {
    boolean tiles = tilesExactly();
    if (tiles && !hasPlaces() && isImage()) {
      return firstMatch();
    }
    Value places = places();
    if (tiles) {
      // No two windows see the same element.
      Op unpool = new Pooling.MaxUnpool(pool.kernelShape(), List.of(), pool.kernelShape());
      return Value.of(unpool, p.dy(), places);
    }
    return p.x()
        .reshape(-1)
        .zerosLike()
        .scatterElements(places.reshape(-1), p.dy().reshape(-1), 0, Indexing.ScatterReduction.ADD)
        .reshapeLike(p.x());
  }

  /** Whether the runtime's Resize is for it, which knows float32 alone, and the marks' shape. */
  private boolean isImage() {
    Shape x = p.x().shape();
    return p.x().element() == ElementType.FLOAT32
        && x.rank() == 4
        && x.dim(2).isFixed()
        && x.dim(3).isFixed()
        && x.dim(2).value() * x.dim(3).value() <= MAX_MARKS;
  }

  /**
   * What equals its window's maximum is marked by its place in the window, the first one highest;
   * of the marks the highest wins, and these differ.
   */
  private Value firstMatch() {
    Value x = p.x();
    Op pooled =
        new Pooling.MaxPool(
            AutoPad.NOTSET,
            false,
            List.of(),
            pool.kernelShape(),
            List.of(),
            false,
            pool.kernelShape());
    Value marked = x.eq(spread(p.y(0))).cast(x.element()).mul(marks());
    Value won = marked.eq(spread(Value.of(pooled, marked)));
    return spread(p.dy()).mul(won.cast(x.element())).reshapeLike(x);
  }

  /** Each element as often as its window has elements. */
  private Value spread(Value value) {
    float[] scales = {1, 1, pool.kernelShape().get(0), pool.kernelShape().get(1)};
    Op resize =
        new Resampling.Resize(
            false,
            List.of(),
            Resampling.Coordinates.ASYMMETRIC,
            -0.75f,
            false,
            0,
            Resampling.AspectRatio.STRETCH,
            Resampling.Interpolation.NEAREST,
            Resampling.Rounding.FLOOR);
    return Value.of(resize, value, null, Value.constant(Tensor.of(scales, 4)));
  }

  /** For each element of an image, how many of its window come after it, and itself. */
  private Value marks() {
    int rows = (int) p.x().shape().dim(2).value();
    int columns = (int) p.x().shape().dim(3).value();
    int height = Math.toIntExact(pool.kernelShape().get(0));
    int width = Math.toIntExact(pool.kernelShape().get(1));
    float[] marks = new float[rows * columns];
    for (int i = 0; i < marks.length; i++) {
      int place = i / columns % height * width + i % columns % width;
      marks[i] = height * width - place;
    }
    return Value.constant(Tensor.of(marks, rows, columns));
  }

  private boolean hasPlaces() {
    return !pool.storageOrder() && p.node().outputs().size() > 1;
  }

  private Value places() {
    if (hasPlaces()) {
      return p.y(1);
    }
    Op rowMajor =
        new Pooling.MaxPool(
            pool.autoPad(),
            pool.ceilMode(),
            pool.dilations(),
            pool.kernelShape(),
            pool.pads(),
            false,
            pool.strides());
    return Node.of(rowMajor, List.of(p.x()), 2).outputs().get(1);
  }

  /** Whether the windows lie side by side and cover the input, nothing more and nothing less. */
  private boolean tilesExactly() {
    Shape x = p.x().shape();
    Windows windows =
        Windows.of(
            pool.autoPad(), pool.kernelShape(), pool.strides(), pool.dilations(), pool.pads());
    for (int i = 0; i < windows.axes().size(); i++) {
      Window w = windows.pooling(i, x.dim(i + 2));
      boolean tiles =
          w != null
              && w.stride() == w.kernel()
              && w.dilation() == 1
              && w.before() == 0
              && w.after() == 0
              && w.rest(x.dim(i + 2), p.y().shape().dim(i + 2)).is(0);
      if (!tiles) {
        return false;
      }
    }
    return true;
  }
}
