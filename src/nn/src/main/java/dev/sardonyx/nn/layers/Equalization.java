package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.List;

/** In training the values of each channel are spread evenly over their range. */
public final class Equalization extends ImageLayer<Equalization> {
  private long bins = 256;
  private List<Double> valueRange = List.of(0.0, 255.0);

  Equalization() {}

  /** 256 values between 0 and 255. */
  public static Equalization equalization() {
    return new Equalization();
  }

  /** How many values are told apart; 256 by default. */
  public Equalization bins(long count) {
    bins = Allowed.atLeast(1, this, "bins", count);
    return this;
  }

  /** Between what the values of pixels lie. */
  public Equalization valueRange(double lowest, double highest) {
    valueRange = List.of(Math.min(lowest, highest), Math.max(lowest, highest));
    return this;
  }

  @Override
  Equalization self() {
    return this;
  }

  @Override
  boolean acts(boolean training) {
    return training;
  }

  @Override
  Value images(Call call, Value x) {
    double low = valueRange.get(0);
    double width = valueRange.get(1) - low;
    Value values = x.sub(low).mul(255 / width);
    // Keras counts a channel of all images together.
    Value turned = values.transpose(1, 0, 2, 3);
    Value rows = turned.flatten(1);
    Value places = rows.mul((bins - 1) / 255.0).clip(0, bins - 1).cast(ElementType.INT64);
    Value counts = Histogram.of(places, bins, x.element());
    Value sums = Histogram.cumulative(counts);
    Value first = sums.gt(0).where(sums, sums.scalar(1e30)).min(true, 1);
    Value total = sums.max(true, 1);
    Value spread = total.sub(first);
    Value divisor = spread.eq(0).where(spread.onesLike(), spread);
    Value table = sums.sub(first).mul(255).div(divisor).round().clip(0, 255);
    Value equal = table.gatherElements(places, 1);
    Value several = counts.gt(0).cast(x.element()).sum(true, 1).gt(1);
    Value result = several.where(equal, rows).reshapeLike(turned).transpose(1, 0, 2, 3);
    return result.mul(width / 255).add(low);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    bins = Allowed.atLeast(1, this, "bins", config.integer("bins", bins));
    List<Double> range = config.numbers("value_range", valueRange);
    valueRange(range.get(0), range.get(range.size() - 1));
  }
}
