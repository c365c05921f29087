package dev.sardonyx.nn.layers;

/**
 * Filters over sequences that see one channel each: [batch, length, channels] becomes [batch, new
 * length, channels · depth multiplier]. See {@link DepthwiseConvolutionLayer}.
 */
public final class DepthwiseConv1D extends DepthwiseConvolutionLayer<DepthwiseConv1D> {
  DepthwiseConv1D() {
    super(1);
  }

  /**
   * @param kernelSize steps that a filter sees
   */
  public static DepthwiseConv1D depthwiseConv1d(long... kernelSize) {
    return new DepthwiseConv1D().kernelSize(kernelSize);
  }

  @Override
  DepthwiseConv1D self() {
    return this;
  }
}
