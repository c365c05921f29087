package dev.sardonyx.nn.layers;

/** Zeros around sequences [batch, length, channels]; by default one at each end. */
public final class ZeroPadding1D extends ZeroPaddingLayer<ZeroPadding1D> {
  ZeroPadding1D() {
    super(1);
  }

  /** One number for both ends, or one for each. */
  public static ZeroPadding1D zeroPadding1d(long... padding) {
    return padding.length == 0 ? new ZeroPadding1D() : new ZeroPadding1D().with(padding);
  }

  @Override
  ZeroPadding1D self() {
    return this;
  }
}
