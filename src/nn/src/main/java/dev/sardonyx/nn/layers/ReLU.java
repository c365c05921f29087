package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;
import org.jspecify.annotations.Nullable;

/**
 * Keras's rectified linear unit.
 *
 * <pre>
 * y = maxValue                        for x ≥ maxValue
 * y = x                               for threshold ≤ x &lt; maxValue
 * y = negativeSlope · (x - threshold) below
 * </pre>
 */
public final class ReLU extends ActivationLayer {
  private @Nullable Double maxValue;
  private double negativeSlope;
  private double threshold;

  ReLU() {}

  public static ReLU relu() {
    return new ReLU();
  }

  /** The greatest result; there is no limit by default. */
  public ReLU maxValue(double value) {
    maxValue = Allowed.notNegative(this, "max_value", value);
    return this;
  }

  /** The slope below the threshold; 0 by default. */
  public ReLU negativeSlope(double slope) {
    negativeSlope = Allowed.notNegative(this, "negative_slope", slope);
    return this;
  }

  /** Where the unit becomes active; 0 by default. */
  public ReLU threshold(double value) {
    threshold = Allowed.notNegative(this, "threshold", value);
    return this;
  }

  @Override
  public Value activate(Value x) {
    if (maxValue == null && threshold == 0) {
      return negativeSlope == 0 ? x.relu() : x.leakyRelu((float) negativeSlope);
    }
    Value positive = positive(x);
    if (negativeSlope == 0) {
      return positive;
    }
    Value below = threshold == 0 ? x.neg() : x.neg().add(threshold);
    return positive.sub(below.relu().mul(negativeSlope));
  }

  private Value positive(Value x) {
    Value active = threshold == 0 ? x : x.gt(threshold).where(x, x.scalar(0));
    return maxValue == null ? active : active.clip(0, maxValue);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    Double most = config.optionalNumber("max_value", maxValue);
    maxValue = most == null ? null : Allowed.notNegative(this, "max_value", most);
    negativeSlope(config.number("negative_slope", negativeSlope));
    threshold(config.number("threshold", threshold));
  }
}
