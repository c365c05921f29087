package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;

/** The mean of each window of sequences [batch, length, channels]; padding does not count. */
public final class AveragePooling1D extends PoolingLayer<AveragePooling1D> {
  AveragePooling1D() {
    super(1);
  }

  /** Windows of 2 steps. */
  public static AveragePooling1D averagePooling1d() {
    return new AveragePooling1D();
  }

  /** Windows of this length. */
  public static AveragePooling1D averagePooling1d(long... poolSize) {
    return new AveragePooling1D().poolSize(poolSize);
  }

  @Override
  AveragePooling1D self() {
    return this;
  }

  @Override
  Value pool(WindowGrid windows, Value x) {
    return windows.averagePool(x.cast(computeType()));
  }
}
