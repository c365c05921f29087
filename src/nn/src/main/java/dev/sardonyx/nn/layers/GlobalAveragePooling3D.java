package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;

/**
 * The mean of each channel of volumes [batch, depth, height, width, channels]: [batch, channels].
 */
public final class GlobalAveragePooling3D extends GlobalPoolingLayer<GlobalAveragePooling3D> {
  GlobalAveragePooling3D() {
    super(3);
  }

  public static GlobalAveragePooling3D globalAveragePooling3d() {
    return new GlobalAveragePooling3D();
  }

  @Override
  GlobalAveragePooling3D self() {
    return this;
  }

  @Override
  Value reduce(Value x, boolean keep, long... axes) {
    return x.cast(computeType()).mean(keep, axes);
  }
}
