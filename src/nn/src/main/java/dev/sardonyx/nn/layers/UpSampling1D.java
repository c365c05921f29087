package dev.sardonyx.nn.layers;

/** Sequences [batch, length, channels] enlarged a whole number of times. */
public final class UpSampling1D extends UpSamplingLayer<UpSampling1D> {
  UpSampling1D() {
    super(1);
  }

  /** As many times as long; twice by default. */
  public static UpSampling1D upSampling1d(long... size) {
    return size.length == 0 ? new UpSampling1D() : new UpSampling1D().with(size);
  }

  @Override
  UpSampling1D self() {
    return this;
  }
}
