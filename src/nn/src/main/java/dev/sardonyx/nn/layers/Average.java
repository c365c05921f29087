package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import java.util.List;

/** The mean of two inputs or more. See {@link Merge} for shapes. */
public final class Average extends Merge {
  Average() {}

  public static Average average() {
    return new Average();
  }

  @Override
  Value merge(List<Value> inputs) {
    return inputs.stream().reduce(Value::add).orElseThrow().div(inputs.size());
  }

  @Override
  String verb() {
    return "average";
  }
}
