package dev.sardonyx.nn.layers;

/** Zeros around images [batch, height, width, channels]; by default one at each end. */
public final class ZeroPadding2D extends ZeroPaddingLayer<ZeroPadding2D> {
  ZeroPadding2D() {
    super(2);
  }

  /** One number for all, two for height and width, or four: top, bottom, left, right. */
  public static ZeroPadding2D zeroPadding2d(long... padding) {
    return padding.length == 0 ? new ZeroPadding2D() : new ZeroPadding2D().with(padding);
  }

  @Override
  ZeroPadding2D self() {
    return this;
  }
}
