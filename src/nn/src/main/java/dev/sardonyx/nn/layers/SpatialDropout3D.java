package dev.sardonyx.nn.layers;

import dev.sardonyx.nn.config.Config;

/** {@link Dropout} that drops whole channels of volumes. Tompson et al. 2014. */
public final class SpatialDropout3D extends SpatialDropout {
  private DataFormat dataFormat = DataFormat.CHANNELS_LAST;

  SpatialDropout3D() {}

  /**
   * @param rate the part of the channels that is dropped, in [0, 1]
   */
  public static SpatialDropout3D spatialDropout3d(double rate) {
    SpatialDropout3D made = new SpatialDropout3D();
    made.rate(rate);
    return made;
  }

  /** Where the channels lie; last by default. */
  public SpatialDropout3D dataFormat(DataFormat format) {
    dataFormat = format;
    return this;
  }

  @Override
  int rank() {
    return 5;
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
