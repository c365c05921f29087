package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/** Images of another size; whole numbers stay whole. */
public final class Resizing extends ImageLayer<Resizing> {
  private long height = 1;
  private long width = 1;
  private Interpolation interpolation = Interpolation.BILINEAR;
  private boolean cropToAspectRatio;
  private boolean padToAspectRatio;
  private double fillValue;
  private boolean antialias;

  Resizing() {}

  /** Bilinear, whatever the ratio of height and width was. */
  public static Resizing resizing(long height, long width) {
    Resizing made = new Resizing();
    made.size(height, width);
    return made;
  }

  private void size(long newHeight, long newWidth) {
    height = Allowed.atLeast(1, this, "height", newHeight);
    width = Allowed.atLeast(1, this, "width", newWidth);
  }

  /** How pixels are made; bilinear by default. */
  public Resizing interpolation(Interpolation how) {
    interpolation = how;
    return this;
  }

  /** Cuts the middle of the new ratio out first. */
  public Resizing cropToAspectRatio(boolean crops) {
    cropToAspectRatio = crops;
    return checked();
  }

  /** Puts a border around images first, so that they have the new ratio. */
  public Resizing padToAspectRatio(boolean pads) {
    padToAspectRatio = pads;
    return checked();
  }

  /** What the border holds; 0 by default. */
  public Resizing fillValue(double value) {
    fillValue = value;
    return this;
  }

  /** Whether all pixels that one of a smaller image covers count; they do not by default. */
  public Resizing antialias(boolean smooth) {
    antialias = smooth;
    return this;
  }

  private Resizing checked() {
    if (cropToAspectRatio && padToAspectRatio) {
      throw Allowed.refusal(
          this, "pad_to_aspect_ratio", "false where images are cropped", true, "do one of both");
    }
    return this;
  }

  @Override
  Resizing self() {
    return this;
  }

  @Override
  boolean acts(boolean training) {
    return true;
  }

  @Override
  Value prepared(Value x) {
    return x;
  }

  @Override
  Value images(Call call, Value given) {
    Value x = given.element() == ElementType.BOOL ? given.cast(ElementType.UINT8) : given;
    if (cropToAspectRatio) {
      x = ImageSize.cropped(x, height, width);
    } else if (padToAspectRatio) {
      x = ImageSize.padded(x, height, width, fillValue);
    }
    Value y = ImageSize.resized(x, height, width, interpolation, antialias);
    return y.element() == given.element() ? y : Saturation.cast(y, given.element());
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    size(config.integer("height", height), config.integer("width", width));
    interpolation = config.choice("interpolation", interpolation);
    cropToAspectRatio = config.flag("crop_to_aspect_ratio", cropToAspectRatio);
    padToAspectRatio = config.flag("pad_to_aspect_ratio", padToAspectRatio);
    config.unsupported("fill_mode", "constant");
    fillValue = config.number("fill_value", fillValue);
    antialias = config.flag("antialias", antialias);
    checked();
  }
}
