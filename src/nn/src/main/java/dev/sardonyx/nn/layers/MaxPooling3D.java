package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;

/**
 * The greatest element of each window of volumes [batch, depth, height, width, channels]; padding
 * never wins.
 */
public final class MaxPooling3D extends PoolingLayer<MaxPooling3D> {
  MaxPooling3D() {
    super(3);
  }

  /** Windows of 2 × 2 × 2. */
  public static MaxPooling3D maxPooling3d() {
    return new MaxPooling3D();
  }

  /** Windows of this depth, height and width, or one number for all. */
  public static MaxPooling3D maxPooling3d(long... poolSize) {
    return new MaxPooling3D().poolSize(poolSize);
  }

  @Override
  MaxPooling3D self() {
    return this;
  }

  @Override
  Value pool(WindowGrid windows, Value x) {
    return windows.maxPool(x);
  }
}
