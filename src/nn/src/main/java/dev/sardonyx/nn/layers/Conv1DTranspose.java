package dev.sardonyx.nn.layers;

/**
 * A convolution backwards, which enlarges sequences: [batch, length, channels] becomes [batch, new
 * length, filters]. See {@link TransposedConvolutionLayer}.
 */
public final class Conv1DTranspose extends TransposedConvolutionLayer<Conv1DTranspose> {
  Conv1DTranspose() {
    super(1);
  }

  /**
   * @param filters channels of the result, at least 1
   * @param kernelSize steps that a filter sees
   */
  public static Conv1DTranspose conv1dTranspose(long filters, long... kernelSize) {
    return new Conv1DTranspose().with(filters, kernelSize);
  }

  @Override
  Conv1DTranspose self() {
    return this;
  }
}
