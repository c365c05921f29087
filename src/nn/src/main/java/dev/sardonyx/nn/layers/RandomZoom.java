package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** In training images are seen from nearer or farther. */
public final class RandomZoom extends RandomImageLayer<RandomZoom> {
  private final WarpOptions options = new WarpOptions(this);
  private NumberArray heightFactor = NumberArray.of(0.0);
  private @Nullable NumberArray widthFactor;

  RandomZoom() {}

  /**
   * @param heightFactor how much more of the height is seen; less if negative, in (-1, 1]
   * @param widthFactor how much more of the width; as much as of the height where it is null
   */
  public static RandomZoom randomZoom(double heightFactor, double widthFactor) {
    return new RandomZoom().factors(NumberArray.of(heightFactor), NumberArray.of(widthFactor));
  }

  /** As above, with the least and the most of each. */
  public static RandomZoom randomZoom(double[] heightFactor, double[] widthFactor) {
    return new RandomZoom().factors(NumberArray.of(heightFactor), NumberArray.of(widthFactor));
  }

  private RandomZoom factors(NumberArray first, @Nullable NumberArray second) {
    heightFactor = first;
    widthFactor = second;
    first();
    second();
    return this;
  }

  private Factor first() {
    return Factor.of(this, "height_factor", heightFactor, -1, 1);
  }

  private @Nullable Factor second() {
    return widthFactor == null ? null : Factor.of(this, "width_factor", widthFactor, -1, 1);
  }

  /** What lies outside of an image; it is mirrored by default. */
  public RandomZoom fillMode(FillMode mode) {
    options.fillMode(mode);
    return this;
  }

  /** What lies outside with {@link FillMode#CONSTANT}; 0 by default. */
  public RandomZoom fillValue(double value) {
    options.fillValue(value);
    return this;
  }

  /** How pixels are made, bilinear or nearest. */
  public RandomZoom interpolation(Interpolation how) {
    options.interpolation(how);
    return this;
  }

  @Override
  RandomZoom self() {
    return this;
  }

  @Override
  boolean casts() {
    return true;
  }

  @Override
  Value changed(Call call, Value x) {
    Value high = perImage(call, x, 1 + first().lower(), 1 + first().upper()).reshape(-1, 1, 1);
    Factor other = second();
    Value wide =
        other == null
            ? high
            : perImage(call, x, 1 + other.lower(), 1 + other.upper()).reshape(-1, 1, 1);
    Warp warp = Warp.of(x);
    Value right = warp.width().sub(1).mul(0.5).mul(wide.neg().add(1));
    Value down = warp.height().sub(1).mul(0.5).mul(high.neg().add(1));
    Value zero = wide.zerosLike();
    return warp.sampled(options, List.of(wide, zero, right, zero, high, down));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    factors(
        NumberArray.required(this, config, "height_factor", heightFactor),
        NumberArray.configure(this, config, "width_factor", widthFactor));
    options.configure(config, true);
  }
}
