package dev.sardonyx.nn.layers;

/**
 * Filters that slide over sequences: [batch, length, channels] becomes [batch, new length,
 * filters]. See {@link ConvolutionLayer}.
 */
public final class Conv1D extends ConvolutionLayer<Conv1D> {
  Conv1D() {
    super(1);
  }

  /**
   * @param filters channels of the result, at least 1
   * @param kernelSize steps that a filter sees
   */
  public static Conv1D conv1d(long filters, long... kernelSize) {
    return new Conv1D().with(filters, kernelSize);
  }

  @Override
  Conv1D self() {
    return this;
  }
}
