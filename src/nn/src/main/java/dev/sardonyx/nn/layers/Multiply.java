package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import java.util.List;

/** The product of two inputs or more. See {@link Merge} for shapes. */
public final class Multiply extends Merge {
  Multiply() {}

  public static Multiply multiply() {
    return new Multiply();
  }

  @Override
  Value merge(List<Value> inputs) {
    return inputs.stream().reduce(Value::mul).orElseThrow();
  }

  @Override
  String verb() {
    return "multiply";
  }
}
