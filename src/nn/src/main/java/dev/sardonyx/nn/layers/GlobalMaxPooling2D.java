package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;

/**
 * The greatest element of each channel of images [batch, height, width, channels]: [batch,
 * channels].
 */
public final class GlobalMaxPooling2D extends GlobalPoolingLayer<GlobalMaxPooling2D> {
  GlobalMaxPooling2D() {
    super(2);
  }

  public static GlobalMaxPooling2D globalMaxPooling2d() {
    return new GlobalMaxPooling2D();
  }

  @Override
  GlobalMaxPooling2D self() {
    return this;
  }

  @Override
  Value reduce(Value x, boolean keep, long... axes) {
    return x.max(keep, axes);
  }
}
