package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import java.util.List;

/** The sum of two inputs or more. See {@link Merge} for shapes. */
public final class Add extends Merge {
  Add() {}

  public static Add add() {
    return new Add();
  }

  @Override
  Value merge(List<Value> inputs) {
    return inputs.stream().reduce(Value::add).orElseThrow();
  }

  @Override
  String verb() {
    return "add";
  }
}
