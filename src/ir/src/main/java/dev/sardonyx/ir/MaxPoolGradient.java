package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Shape;
import java.util.List;

/**
 * MaxPool's gradient: each dy goes to the place that won, which MaxPool's second result tells.
 *
 * <p>Where the places are not at hand the pool is computed again with them: a MaxPool that also
 * gives them takes ten times as long as one that does not, so that a forward pass had better leave
 * them out. Measured with forward, 2×2 windows on 64×6×24×24, one thread, as ratios to PyTorch's:
 *
 * <pre>
 * places and MaxUnpool           0.77
 * places and ScatterElements     0.93
 * masks for each tap of windows  0.65   0.78 with strided slices; no gain from a second thread
 * Resize and one mask            0.35   wrong where elements are equal, as behind a ReLU
 * </pre>
 */
record MaxPoolGradient(Pooling.MaxPool pool, Pullback p) {
  Value toInput() {
    Value places = places();
    if (tilesExactly()) {
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

  private Value places() {
    if (!pool.storageOrder() && p.node().outputs().size() > 1) {
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
