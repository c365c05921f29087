package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import java.util.List;

/** The greatest of two inputs or more, element by element. See {@link Merge} for shapes. */
public final class Maximum extends Merge {
  Maximum() {}

  public static Maximum maximum() {
    return new Maximum();
  }

  @Override
  Value merge(List<Value> inputs) {
    return inputs.stream().reduce(Value::max).orElseThrow();
  }
}
