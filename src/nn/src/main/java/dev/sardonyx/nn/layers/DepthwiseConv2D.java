package dev.sardonyx.nn.layers;

/**
 * Filters over images that see one channel each: [batch, height, width, channels] becomes [batch,
 * new height, new width, channels · depth multiplier]. See {@link DepthwiseConvolutionLayer}.
 */
public final class DepthwiseConv2D extends DepthwiseConvolutionLayer<DepthwiseConv2D> {
  DepthwiseConv2D() {
    super(2);
  }

  /**
   * @param kernelSize height and width of a filter, or one number for both
   */
  public static DepthwiseConv2D depthwiseConv2d(long... kernelSize) {
    return new DepthwiseConv2D().kernelSize(kernelSize);
  }

  @Override
  DepthwiseConv2D self() {
    return this;
  }
}
