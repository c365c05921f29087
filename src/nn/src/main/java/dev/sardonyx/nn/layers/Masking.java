package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import java.util.Map;

/**
 * Marks the time steps whose features all have a certain value as padding, for the layers behind
 * it, and makes them zeros.
 */
public final class Masking extends ArgumentLayer {
  private double maskValue;

  Masking() {}

  /** Steps of zeros are padding. */
  public static Masking masking() {
    return new Masking();
  }

  /** Steps whose features are all {@code maskValue} are padding. */
  public static Masking masking(double maskValue) {
    Masking made = new Masking();
    made.maskValue = maskValue;
    return made;
  }

  @Override
  protected List<Masked> callWith(Call call, Arguments<Masked> given) {
    Arguments<Masked> arguments = withoutTrainingFlag(given);
    Value x = arguments.tensor(this, 0, "inputs").value();
    Axes.rankAtLeast(this, x.tensorType(), 1);
    Value counts = x.eq(maskValue).cast(ElementType.INT32).min(true, -1).eq(0);
    return List.of(new Masked(counts.where(x, x.scalar(0)), counts.squeeze(-1)));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    // A value that was an array is written as an object around the number.
    if (config.json("mask_value", maskValue) instanceof Map<?, ?> object
        && object.get("config") instanceof Map<?, ?> array
        && array.get("value") instanceof Number number) {
      maskValue = number.doubleValue();
    } else {
      maskValue = config.number("mask_value", maskValue);
    }
  }
}
