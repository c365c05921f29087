package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.List;

/**
 * Each channel is stretched so that its darkest pixel gets the least value and its brightest the
 * greatest.
 */
public final class AutoContrast extends ImageLayer<AutoContrast> {
  private List<Double> valueRange = List.of(0.0, 255.0);

  AutoContrast() {}

  /** Values of pixels between 0 and 255. */
  public static AutoContrast autoContrast() {
    return new AutoContrast();
  }

  /** Between what the values of pixels lie. */
  public AutoContrast valueRange(double lowest, double highest) {
    valueRange = List.of(Math.min(lowest, highest), Math.max(lowest, highest));
    return this;
  }

  @Override
  AutoContrast self() {
    return this;
  }

  @Override
  boolean acts(boolean training) {
    return true;
  }

  @Override
  Value images(Call call, Value x) {
    double low = valueRange.get(0);
    double width = valueRange.get(1) - low;
    Value values = x.sub(low).mul(255 / width);
    // Keras reduces axes 1 and 2, wherever the channels lie.
    long[] axes = dataFormat() == DataFormat.CHANNELS_LAST ? new long[] {2, 3} : new long[] {1, 2};
    Value least = values.min(true, axes);
    Value span = values.max(true, axes).sub(least);
    Value stretched = values.sub(least).mul(span.reciprocal().mul(255)).clip(0, 255);
    return span.eq(0).where(x, stretched.mul(width / 255).add(low));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    List<Double> range = config.numbers("value_range", valueRange);
    valueRange(range.get(0), range.get(range.size() - 1));
  }
}
