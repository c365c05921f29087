package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;

/**
 * The greatest element of each channel of volumes [batch, depth, height, width, channels]: [batch,
 * channels].
 */
public final class GlobalMaxPooling3D extends GlobalPoolingLayer<GlobalMaxPooling3D> {
  GlobalMaxPooling3D() {
    super(3);
  }

  public static GlobalMaxPooling3D globalMaxPooling3d() {
    return new GlobalMaxPooling3D();
  }

  @Override
  GlobalMaxPooling3D self() {
    return this;
  }

  @Override
  Value reduce(Value x, boolean keep, long... axes) {
    return x.max(keep, axes);
  }
}
