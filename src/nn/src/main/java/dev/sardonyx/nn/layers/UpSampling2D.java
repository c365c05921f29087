package dev.sardonyx.nn.layers;

import dev.sardonyx.nn.config.Config;

/** Images [batch, height, width, channels] enlarged a whole number of times. */
public final class UpSampling2D extends UpSamplingLayer<UpSampling2D> {
  private Interpolation interpolation = Interpolation.NEAREST;

  UpSampling2D() {
    super(2);
  }

  /** How many times as high and as wide, or one number for both; 2 by default. */
  public static UpSampling2D upSampling2d(long... size) {
    return size.length == 0 ? new UpSampling2D() : new UpSampling2D().with(size);
  }

  @Override
  UpSampling2D self() {
    return this;
  }

  /** Where the channels lie; last by default. */
  public UpSampling2D dataFormat(DataFormat format) {
    return format(format);
  }

  /** How elements are made; the nearest ones by default. */
  public UpSampling2D interpolation(Interpolation newInterpolation) {
    interpolation = newInterpolation;
    return this;
  }

  @Override
  Interpolation interpolation() {
    return interpolation;
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    interpolation = config.choice("interpolation", interpolation);
  }
}
