package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/**
 * The middle of images. Those that are not large enough are cut to the ratio that is wanted, and
 * resized.
 */
public final class CenterCrop extends ImageLayer<CenterCrop> {
  private long height = 1;
  private long width = 1;

  CenterCrop() {}

  /** So many rows and columns. */
  public static CenterCrop centerCrop(long height, long width) {
    CenterCrop made = new CenterCrop();
    made.size(height, width);
    return made;
  }

  private void size(long newHeight, long newWidth) {
    height = Allowed.atLeast(1, this, "height", newHeight);
    width = Allowed.atLeast(1, this, "width", newWidth);
  }

  @Override
  CenterCrop self() {
    return this;
  }

  @Override
  boolean acts(boolean training) {
    return true;
  }

  @Override
  Value images(Call call, Value x) {
    Dim h = x.shape().dim(2);
    Dim w = x.shape().dim(3);
    boolean small = h.isFixed() && h.value() < height || w.isFixed() && w.value() < width;
    if (!small) {
      return ImageSize.middle(ImageSize.middle(x, 2, height), 3, width);
    }
    Value middle = ImageSize.cropped(x, height, width);
    return ImageSize.resized(middle, height, width, Interpolation.BILINEAR, false)
        .cast(computeType());
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    size(config.integer("height", height), config.integer("width", width));
  }
}
