package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;

/** The mean of each channel of images [batch, height, width, channels]: [batch, channels]. */
public final class GlobalAveragePooling2D extends GlobalPoolingLayer<GlobalAveragePooling2D> {
  GlobalAveragePooling2D() {
    super(2);
  }

  public static GlobalAveragePooling2D globalAveragePooling2d() {
    return new GlobalAveragePooling2D();
  }

  @Override
  GlobalAveragePooling2D self() {
    return this;
  }

  @Override
  Value reduce(Value x, boolean keep, long... axes) {
    return x.cast(computeType()).mean(keep, axes);
  }
}
