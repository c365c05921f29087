package dev.sardonyx.nn.layers;

/** Zeros around volumes [batch, depth, height, width, channels]; by default one at each end. */
public final class ZeroPadding3D extends ZeroPaddingLayer<ZeroPadding3D> {
  ZeroPadding3D() {
    super(3);
  }

  /** One number for all, three for depth, height and width, or six: two for each. */
  public static ZeroPadding3D zeroPadding3d(long... padding) {
    return padding.length == 0 ? new ZeroPadding3D() : new ZeroPadding3D().with(padding);
  }

  @Override
  ZeroPadding3D self() {
    return this;
  }
}
