package dev.sardonyx.nn.layers;

/**
 * {@link Dropout} that drops whole channels of sequences, [batch, steps, channels]. Tompson et al.
 * 2014.
 */
public final class SpatialDropout1D extends SpatialDropout {
  SpatialDropout1D() {}

  /**
   * @param rate the part of the channels that is dropped, in [0, 1]
   */
  public static SpatialDropout1D spatialDropout1d(double rate) {
    SpatialDropout1D made = new SpatialDropout1D();
    made.rate(rate);
    return made;
  }

  @Override
  int rank() {
    return 3;
  }

  @Override
  int channelAxis() {
    return 2;
  }
}
