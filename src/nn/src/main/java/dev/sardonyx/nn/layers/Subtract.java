package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;

/** The first of two inputs minus the second. See {@link Merge} for shapes. */
public final class Subtract extends Merge {
  Subtract() {}

  public static Subtract subtract() {
    return new Subtract();
  }

  @Override
  Value merge(List<Value> inputs) {
    if (inputs.size() != 2) {
      List<TensorType> types = inputs.stream().map(Value::tensorType).toList();
      throw refuse("NN-015", "takes two inputs, got " + inputs.size(), types, "apply(a, b)");
    }
    return inputs.get(0).sub(inputs.get(1));
  }

  @Override
  String verb() {
    return "subtract";
  }
}
