package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;

/**
 * The greatest element of each channel of sequences [batch, length, channels]: [batch, channels].
 */
public final class GlobalMaxPooling1D extends GlobalPoolingLayer<GlobalMaxPooling1D> {
  GlobalMaxPooling1D() {
    super(1);
  }

  public static GlobalMaxPooling1D globalMaxPooling1d() {
    return new GlobalMaxPooling1D();
  }

  @Override
  GlobalMaxPooling1D self() {
    return this;
  }

  @Override
  Value reduce(Value x, boolean keep, long... axes) {
    return x.max(keep, axes);
  }
}
