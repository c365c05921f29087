package dev.sardonyx.nn.layers;

/** Volumes [batch, depth, height, width, channels] enlarged a whole number of times. */
public final class UpSampling3D extends UpSamplingLayer<UpSampling3D> {
  UpSampling3D() {
    super(3);
  }

  /** How many times as deep, high and wide, or one number for all; 2 by default. */
  public static UpSampling3D upSampling3d(long... size) {
    return size.length == 0 ? new UpSampling3D() : new UpSampling3D().with(size);
  }

  @Override
  UpSampling3D self() {
    return this;
  }

  /** Where the channels lie; last by default. */
  public UpSampling3D dataFormat(DataFormat format) {
    return format(format);
  }
}
