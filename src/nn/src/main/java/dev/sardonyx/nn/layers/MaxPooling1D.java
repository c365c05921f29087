package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;

/**
 * The greatest element of each window of sequences [batch, length, channels]; padding never wins.
 */
public final class MaxPooling1D extends PoolingLayer<MaxPooling1D> {
  MaxPooling1D() {
    super(1);
  }

  /** Windows of 2 steps. */
  public static MaxPooling1D maxPooling1d() {
    return new MaxPooling1D();
  }

  /** Windows of this length. */
  public static MaxPooling1D maxPooling1d(long... poolSize) {
    return new MaxPooling1D().poolSize(poolSize);
  }

  @Override
  MaxPooling1D self() {
    return this;
  }

  @Override
  Value pool(WindowGrid windows, Value x) {
    return windows.maxPool(x);
  }
}
