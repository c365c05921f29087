package dev.sardonyx.nn.layers;

/**
 * A convolution backwards, which enlarges volumes: [batch, depth, height, width, channels] becomes
 * [batch, new depth, new height, new width, filters]. See {@link TransposedConvolutionLayer}.
 */
public final class Conv3DTranspose extends TransposedConvolutionLayer<Conv3DTranspose> {
  Conv3DTranspose() {
    super(3);
  }

  /**
   * @param filters channels of the result, at least 1
   * @param kernelSize depth, height and width of a filter, or one number for all
   */
  public static Conv3DTranspose conv3dTranspose(long filters, long... kernelSize) {
    return new Conv3DTranspose().with(filters, kernelSize);
  }

  @Override
  Conv3DTranspose self() {
    return this;
  }
}
