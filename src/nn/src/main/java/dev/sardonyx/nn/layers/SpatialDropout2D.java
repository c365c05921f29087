package dev.sardonyx.nn.layers;

import dev.sardonyx.nn.config.Config;

/** {@link Dropout} that drops whole channels of images. Tompson et al. 2014. */
public final class SpatialDropout2D extends SpatialDropout {
  private DataFormat dataFormat = DataFormat.CHANNELS_LAST;

  SpatialDropout2D() {}

  /**
   * @param rate the part of the channels that is dropped, in [0, 1]
   */
  public static SpatialDropout2D spatialDropout2d(double rate) {
    SpatialDropout2D made = new SpatialDropout2D();
    made.rate(rate);
    return made;
  }

  /** Where the channels lie; last by default. */
  public SpatialDropout2D dataFormat(DataFormat format) {
    dataFormat = format;
    return this;
  }

  @Override
  int rank() {
    return 4;
  }

  @Override
  int channelAxis() {
    return dataFormat.channelAxis(rank());
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    dataFormat = config.choice("data_format", dataFormat);
  }
}
