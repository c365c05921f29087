package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Config;
import java.util.Arrays;
import java.util.List;

/** x divided by its length along some axes, the last by default; a vector of zeros stays one. */
public final class UnitNormalization extends SingleInputLayer {
  private List<Long> axes = List.of(-1L);

  UnitNormalization() {}

  public static UnitNormalization unitNormalization() {
    return new UnitNormalization();
  }

  /** Along these axes together. */
  public static UnitNormalization unitNormalization(long... axes) {
    UnitNormalization made = new UnitNormalization();
    made.axes = Arrays.stream(axes).boxed().toList();
    return made;
  }

  @Override
  protected boolean passesMask() {
    return true;
  }

  @Override
  protected Value call(Call call, Value given) {
    Value x = given.cast(computeType());
    long[] over = axes.stream().mapToLong(a -> Axes.resolve(this, x.tensorType(), a)).toArray();
    // The square of Keras's epsilon, 1e-12.
    return x.div(x.square().sum(true, over).max(1e-24).sqrt());
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    axes = config.axes("axis", axes);
  }
}
