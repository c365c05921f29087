package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.List;

/** In training bright pixels become their negatives. */
public final class Solarization extends RandomImageLayer<Solarization> {
  private Factor addition = new Factor(0, 0);
  private Factor threshold = new Factor(0, 0);
  private List<Double> valueRange = List.of(0.0, 255.0);

  Solarization() {}

  /**
   * @param additionFactor up to what part of the range pixels become brighter first, in [0, 1]
   * @param thresholdFactor up to what part of the range pixels stay, in [0, 1]
   */
  public static Solarization solarization(double additionFactor, double thresholdFactor) {
    Solarization made = new Solarization();
    made.addition = Factor.of(made, "addition_factor", NumberArray.of(additionFactor), 0, 1);
    made.threshold = Factor.of(made, "threshold_factor", NumberArray.of(thresholdFactor), 0, 1);
    return made;
  }

  /** Between what the values of pixels lie; 0 and 255 by default. */
  public Solarization valueRange(double lowest, double highest) {
    valueRange = List.of(Math.min(lowest, highest), Math.max(lowest, highest));
    return this;
  }

  @Override
  Solarization self() {
    return this;
  }

  @Override
  boolean casts() {
    return true;
  }

  @Override
  Value changed(Call call, Value x) {
    double low = valueRange.get(0);
    double width = valueRange.get(1) - low;
    Value more = perImage(call, x, addition.lower(), addition.upper() * 255);
    Value limit = perImage(call, x, threshold.lower(), threshold.upper() * 255);
    Value bright = x.sub(low).div(width).mul(255).add(more).clip(0, 255);
    Value result = bright.lt(limit).where(bright, bright.neg().add(255));
    return result.div(255).mul(width).add(low);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    addition = factor(config, "addition_factor", addition);
    threshold = factor(config, "threshold_factor", threshold);
    List<Double> range = config.numbers("value_range", valueRange);
    valueRange(range.get(0), range.get(range.size() - 1));
  }

  private Factor factor(Config config, String key, Factor value) {
    NumberArray given = NumberArray.required(this, config, key, value.toNumbers());
    return Factor.of(this, key, given, 0, 1);
  }
}
