package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;

/**
 * The mean of each window of volumes [batch, depth, height, width, channels]; padding does not
 * count.
 */
public final class AveragePooling3D extends PoolingLayer<AveragePooling3D> {
  AveragePooling3D() {
    super(3);
  }

  /** Windows of 2 × 2 × 2. */
  public static AveragePooling3D averagePooling3d() {
    return new AveragePooling3D();
  }

  /** Windows of this depth, height and width, or one number for all. */
  public static AveragePooling3D averagePooling3d(long... poolSize) {
    return new AveragePooling3D().poolSize(poolSize);
  }

  @Override
  AveragePooling3D self() {
    return this;
  }

  @Override
  Value pool(WindowGrid windows, Value x) {
    return windows.averagePool(x.cast(computeType()));
  }
}
