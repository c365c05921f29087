package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import java.util.List;

/**
 * A random layer on images with a factor, and mostly a range that pixels' values lie in.
 *
 * @param <L> the layer itself, which options return
 */
public abstract class FactorLayer<L extends FactorLayer<L>> extends RandomImageLayer<L> {
  private final double least;
  private final double most;
  private final boolean ranged;
  private Factor factor;
  private List<Double> valueRange = List.of(0.0, 255.0);

  FactorLayer(double least, double most, boolean ranged, double standard) {
    this.least = least;
    this.most = most;
    this.ranged = ranged;
    this.factor = new Factor(Math.max(-standard, least), standard);
  }

  final L with(double... given) {
    NumberArray numbers = given.length == 1 ? NumberArray.of(given[0]) : NumberArray.of(given);
    factor = Factor.of(this, "factor", numbers, least, most);
    return self();
  }

  final L range(double lowest, double highest) {
    valueRange = checked(List.of(lowest, highest));
    return self();
  }

  private List<Double> checked(List<Double> range) {
    if (range.size() != 2) {
      throw Allowed.refusal(this, "value_range", "two numbers", range, "give least and most");
    }
    return range;
  }

  final Factor factor() {
    return factor;
  }

  /** The least value of a pixel. */
  final double low() {
    return Math.min(valueRange.get(0), valueRange.get(1));
  }

  /** The greatest value of a pixel. */
  final double high() {
    return Math.max(valueRange.get(0), valueRange.get(1));
  }

  /** The factor of each image. */
  final Value drawn(Call call, Value x) {
    return perImage(call, x, factor.lower(), factor.upper());
  }

  /** For each image whether it is one of those to change, if the factor is a probability. */
  final Value chosen(Call call, Value x) {
    Value probability = drawn(call, x);
    return perImage(call, x, 0, 1).lt(probability);
  }

  /** Values of pixels from their range to [0, 1]. */
  final Value toUnit(Value x) {
    return x.sub(low()).div(high() - low());
  }

  /** Values of pixels from [0, 1] to their range. */
  final Value ofUnit(Value x) {
    return x.mul(high() - low()).add(low());
  }

  final Value clipped(Value x) {
    return x.clip(low(), high());
  }

  /** The factor in a configuration. */
  Object written() {
    return factor.toNumbers().toJson();
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    Object given = config.json("factor", written());
    if (given != null) {
      factor = Factor.of(this, "factor", NumberArray.parse(this, "factor", given), least, most);
    }
    if (ranged) {
      valueRange = checked(config.numbers("value_range", valueRange));
    }
  }
}
