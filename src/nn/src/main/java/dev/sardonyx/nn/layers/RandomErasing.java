package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import org.jspecify.annotations.Nullable;

/** In training a rectangle of some images is filled with noise, or with one colour. */
public final class RandomErasing extends FactorLayer<RandomErasing> {
  private Factor scale = new Factor(0.02, 0.33);
  private @Nullable NumberArray fillValue;

  RandomErasing() {
    super(0, 1, true, 1);
  }

  /**
   * @param factor how probable that is, in [0, 1]; one number, or the least and the most
   */
  public static RandomErasing randomErasing(double... factor) {
    return new RandomErasing().with(factor);
  }

  /** What part of height and width is erased, squared; 0.02 to 0.33 by default. */
  public RandomErasing scale(double least, double most) {
    scale = Factor.of(this, "scale", NumberArray.of(least, most), 0, 1);
    return this;
  }

  /** One number, or one for each channel; noise by default. */
  public RandomErasing fillValue(double... values) {
    fillValue = values.length == 1 ? NumberArray.of(values[0]) : NumberArray.of(values);
    return this;
  }

  /** Between what the values of pixels lie; 0 and 255 by default. */
  public RandomErasing valueRange(double lowest, double highest) {
    return range(lowest, highest);
  }

  @Override
  RandomErasing self() {
    return this;
  }

  @Override
  boolean casts() {
    return true;
  }

  @Override
  Value changed(Call call, Value x) {
    Value rows = inside(call, x, 2).unsqueeze(-1);
    Value inside = rows.and(inside(call, x, 3).unsqueeze(-2)).and(chosen(call, x));
    return inside.where(filling(call, x), x);
  }

  /** Which places along an axis lie in the rectangle: [batch, 1, extent]. */
  private Value inside(Call call, Value x, int axis) {
    Value extent = Extent.scalar(x, axis).cast(x.element());
    Value length = perImage(call, x, scale.lower(), scale.upper()).sqrt().mul(extent).squeeze(3);
    Value from = perImage(call, x, 0, 1).squeeze(3).mul(extent.sub(length));
    Value places = Value.range(extent.scalar(0), extent, extent.scalar(1));
    return places.ge(from).and(places.lt(from.add(length)));
  }

  private Value filling(Call call, Value x) {
    if (fillValue != null) {
      Value colour = fillValue.constant(x.element());
      return fillValue.dims().isEmpty() ? colour : colour.reshape(1, -1, 1, 1);
    }
    // 1 - u lies in (0, 1]: its logarithm is finite. Box and Muller 1958.
    Value radius = uniform(call, x).neg().add(1).log().mul(-2).sqrt();
    return radius.mul(uniform(call, x).mul(2 * Math.PI).cos()).mul(high());
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    NumberArray given = NumberArray.required(this, config, "scale", scale.toNumbers());
    scale = Factor.of(this, "scale", given, 0, 1);
    fillValue = NumberArray.configure(this, config, "fill_value", fillValue);
  }
}
