package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;

/**
 * The greatest element of each window of images [batch, height, width, channels]; padding never
 * wins.
 */
public final class MaxPooling2D extends PoolingLayer<MaxPooling2D> {
  MaxPooling2D() {
    super(2);
  }

  /** Windows of 2 × 2. */
  public static MaxPooling2D maxPooling2d() {
    return new MaxPooling2D();
  }

  /** Windows of this height and width, or one number for both. */
  public static MaxPooling2D maxPooling2d(long... poolSize) {
    return new MaxPooling2D().poolSize(poolSize);
  }

  @Override
  MaxPooling2D self() {
    return this;
  }

  @Override
  Value pool(WindowGrid windows, Value x) {
    return windows.maxPool(x);
  }
}
