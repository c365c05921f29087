package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;

/** The mean of each window of images [batch, height, width, channels]; padding does not count. */
public final class AveragePooling2D extends PoolingLayer<AveragePooling2D> {
  AveragePooling2D() {
    super(2);
  }

  /** Windows of 2 × 2. */
  public static AveragePooling2D averagePooling2d() {
    return new AveragePooling2D();
  }

  /** Windows of this height and width, or one number for both. */
  public static AveragePooling2D averagePooling2d(long... poolSize) {
    return new AveragePooling2D().poolSize(poolSize);
  }

  @Override
  AveragePooling2D self() {
    return this;
  }

  @Override
  Value pool(WindowGrid windows, Value x) {
    return windows.averagePool(x.cast(computeType()));
  }
}
