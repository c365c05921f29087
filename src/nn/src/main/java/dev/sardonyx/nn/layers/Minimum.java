package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import java.util.List;

/** The least of two inputs or more, element by element. See {@link Merge} for shapes. */
public final class Minimum extends Merge {
  Minimum() {}

  public static Minimum minimum() {
    return new Minimum();
  }

  @Override
  Value merge(List<Value> inputs) {
    return inputs.stream().reduce(Value::min).orElseThrow();
  }
}
