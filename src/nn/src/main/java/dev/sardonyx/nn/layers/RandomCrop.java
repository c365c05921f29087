package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/**
 * In training a piece of images, the same of all in a batch. Images that are not larger are cut to
 * the ratio that is wanted, and resized.
 */
public final class RandomCrop extends RandomImageLayer<RandomCrop> {
  private long height = 1;
  private long width = 1;

  RandomCrop() {}

  /** Pieces of so many rows and columns. */
  public static RandomCrop randomCrop(long height, long width) {
    RandomCrop made = new RandomCrop();
    made.size(height, width);
    return made;
  }

  private void size(long newHeight, long newWidth) {
    height = Allowed.atLeast(1, this, "height", newHeight);
    width = Allowed.atLeast(1, this, "width", newWidth);
  }

  @Override
  RandomCrop self() {
    return this;
  }

  @Override
  protected boolean autocasts() {
    return false;
  }

  @Override
  Value changed(Call call, Value x) {
    long high = Axes.extent(this, x.tensorType(), 2);
    long wide = Axes.extent(this, x.tensorType(), 3);
    if (high > height && wide > width) {
      return piece(call, piece(call, x, 2, high, height), 3, wide, width);
    }
    Value middle = ImageSize.cropped(x, height, width);
    return ImageSize.resized(middle, height, width, Interpolation.BILINEAR, false)
        .cast(computeType());
  }

  private Value piece(Call call, Value x, long axis, long extent, long wanted) {
    Value start = forAll(call, x, 0, extent - wanted + 1).floor().cast(ElementType.INT64);
    Value places =
        Value.range(
            Value.scalar(ElementType.INT64, 0),
            Value.scalar(ElementType.INT64, wanted),
            Value.scalar(ElementType.INT64, 1));
    return x.gather(places.add(start.reshape(1)), axis);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    size(config.integer("height", height), config.integer("width", width));
  }
}
