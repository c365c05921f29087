package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * In training {@link RandomBrightness}, {@link RandomContrast}, {@link RandomSaturation} and {@link
 * RandomHue}, those of them that have a factor.
 */
public final class RandomColorJitter extends RandomImageLayer<RandomColorJitter> {
  private List<Double> valueRange = List.of(0.0, 255.0);
  private @Nullable NumberArray brightness;
  private @Nullable NumberArray contrast;
  private @Nullable NumberArray saturation;
  private @Nullable NumberArray hue;

  RandomColorJitter() {}

  /** Nothing as yet; set the factors. */
  public static RandomColorJitter randomColorJitter() {
    return new RandomColorJitter();
  }

  /** Between what the values of pixels lie; 0 and 255 by default. */
  public RandomColorJitter valueRange(double lowest, double highest) {
    valueRange = List.of(lowest, highest);
    return this;
  }

  /** As that of {@link RandomBrightness}. */
  public RandomColorJitter brightnessFactor(double... factor) {
    brightness = numbers(factor);
    return this;
  }

  /** As that of {@link RandomContrast}. */
  public RandomColorJitter contrastFactor(double... factor) {
    contrast = numbers(factor);
    return this;
  }

  /** As that of {@link RandomSaturation}. */
  public RandomColorJitter saturationFactor(double... factor) {
    saturation = numbers(factor);
    return this;
  }

  /** As that of {@link RandomHue}. */
  public RandomColorJitter hueFactor(double... factor) {
    hue = numbers(factor);
    return this;
  }

  private static NumberArray numbers(double... factor) {
    return factor.length == 1 ? NumberArray.of(factor[0]) : NumberArray.of(factor);
  }

  @Override
  RandomColorJitter self() {
    return this;
  }

  @Override
  Value changed(Call call, Value x) {
    Value y = step(call, x, brightness, new RandomBrightness());
    y = step(call, y, contrast, new RandomContrast());
    y = step(call, y, saturation, new RandomSaturation());
    return step(call, y, hue, new RandomHue());
  }

  private Value step(Call call, Value x, @Nullable NumberArray factor, FactorLayer<?> layer) {
    if (factor == null) {
      return x;
    }
    layer.dtype(dtype());
    layer.with(factor.values().stream().mapToDouble(v -> v).toArray());
    layer.range(valueRange.get(0), valueRange.get(1));
    Long ownSeed = seed();
    if (ownSeed != null) {
      layer.seed(ownSeed + 100L * layer.className().length());
    }
    return layer.images(call, x);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    List<Double> range = config.numbers("value_range", valueRange);
    valueRange(range.get(0), range.get(range.size() - 1));
    brightness = NumberArray.configure(this, config, "brightness_factor", brightness);
    contrast = NumberArray.configure(this, config, "contrast_factor", contrast);
    saturation = NumberArray.configure(this, config, "saturation_factor", saturation);
    hue = NumberArray.configure(this, config, "hue_factor", hue);
  }
}
