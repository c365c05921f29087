package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** In training images move. */
public final class RandomTranslation extends RandomImageLayer<RandomTranslation> {
  private final WarpOptions options = new WarpOptions(this);
  private NumberArray heightFactor = NumberArray.of(0.0);
  private @Nullable NumberArray widthFactor;

  RandomTranslation() {}

  /**
   * @param heightFactor by what part of its height an image moves up or down, in [-1, 1]
   * @param widthFactor by what part of its width it moves to the sides
   */
  public static RandomTranslation randomTranslation(double heightFactor, double widthFactor) {
    return new RandomTranslation()
        .factors(NumberArray.of(heightFactor), NumberArray.of(widthFactor));
  }

  /** As above, with the least and the most of each. */
  public static RandomTranslation randomTranslation(double[] heightFactor, double[] widthFactor) {
    return new RandomTranslation()
        .factors(NumberArray.of(heightFactor), NumberArray.of(widthFactor));
  }

  private RandomTranslation factors(NumberArray first, @Nullable NumberArray second) {
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
  public RandomTranslation fillMode(FillMode mode) {
    options.fillMode(mode);
    return this;
  }

  /** What lies outside with {@link FillMode#CONSTANT}; 0 by default. */
  public RandomTranslation fillValue(double value) {
    options.fillValue(value);
    return this;
  }

  /** How pixels are made, bilinear or nearest. */
  public RandomTranslation interpolation(Interpolation how) {
    options.interpolation(how);
    return this;
  }

  @Override
  RandomTranslation self() {
    return this;
  }

  @Override
  boolean casts() {
    return true;
  }

  @Override
  Value changed(Call call, Value x) {
    Factor across = second() == null ? new Factor(0, 0) : second();
    Value down = perImage(call, x, first().lower(), first().upper()).reshape(-1, 1, 1);
    Value right = perImage(call, x, across.lower(), across.upper()).reshape(-1, 1, 1);
    Warp warp = Warp.of(x);
    Value one = warp.width().onesLike();
    Value zero = one.zerosLike();
    Value left = right.mul(warp.width()).neg();
    Value up = down.mul(warp.height()).neg();
    return warp.sampled(options, List.of(one, zero, left, zero, one, up));
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
