package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** In training images are slanted. */
public final class RandomShear extends RandomImageLayer<RandomShear> {
  private final WarpOptions options = new WarpOptions(this);
  private NumberArray xFactor = NumberArray.of(0.0);
  private @Nullable NumberArray yFactor;

  RandomShear() {}

  /**
   * @param xFactor how far rows move, in parts of their distance, in [0, 1]
   * @param yFactor how far columns move
   */
  public static RandomShear randomShear(double xFactor, double yFactor) {
    return new RandomShear().factors(NumberArray.of(xFactor), NumberArray.of(yFactor));
  }

  /** As above, with the least and the most of each. */
  public static RandomShear randomShear(double[] xFactor, double[] yFactor) {
    return new RandomShear().factors(NumberArray.of(xFactor), NumberArray.of(yFactor));
  }

  private RandomShear factors(NumberArray first, @Nullable NumberArray second) {
    xFactor = first;
    yFactor = second;
    first();
    second();
    return this;
  }

  private Factor first() {
    return Factor.of(this, "x_factor", xFactor, -1, 1);
  }

  private @Nullable Factor second() {
    return yFactor == null ? null : Factor.of(this, "y_factor", yFactor, -1, 1);
  }

  /** What lies outside of an image; it is mirrored by default. */
  public RandomShear fillMode(FillMode mode) {
    options.fillMode(mode);
    return this;
  }

  /** What lies outside with {@link FillMode#CONSTANT}; 0 by default. */
  public RandomShear fillValue(double value) {
    options.fillValue(value);
    return this;
  }

  /** How pixels are made, bilinear or nearest. */
  public RandomShear interpolation(Interpolation how) {
    options.interpolation(how);
    return this;
  }

  @Override
  RandomShear self() {
    return this;
  }

  @Override
  boolean casts() {
    return true;
  }

  @Override
  Value changed(Call call, Value x) {
    Factor other = second() == null ? new Factor(0, 0) : second();
    Value side = perImage(call, x, 0, 1).gt(0.5).where(x.scalar(-1), x.scalar(1));
    Value up = perImage(call, x, other.lower(), other.upper()).mul(side).reshape(-1, 1, 1);
    Value along = perImage(call, x, first().lower(), first().upper()).mul(side).reshape(-1, 1, 1);
    Value one = up.onesLike();
    Value zero = up.zerosLike();
    return Warp.of(x).sampled(options, List.of(one, along, zero, up, one, zero));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    factors(
        NumberArray.required(this, config, "x_factor", readable(xFactor)),
        NumberArray.configure(
            this, config, "y_factor", yFactor == null ? null : readable(yFactor)));
    options.configure(config, true);
  }

  /** Keras writes ±f as two numbers, and reads only f. */
  private static NumberArray readable(NumberArray factor) {
    List<Double> values = factor.values();
    boolean both = values.size() == 2 && values.get(0) < 0;
    return both ? NumberArray.of(values.get(1).doubleValue()) : factor;
  }
}
