package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out what a layer makes of some types by calling it once on inputs that carry nothing else.
 * Shape rules are thus written once, in the operators.
 */
final class ShapeProbe implements Call {
  private ShapeProbe() {}

  static List<TensorType> results(Layer layer, List<TensorType> inputs) {
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      values.add(Value.input("input_" + i, inputs.get(i)));
    }
    return layer.lower(new ShapeProbe(), values).stream().map(Value::tensorType).toList();
  }

  @Override
  public boolean training() {
    return false;
  }

  @Override
  public Value weight(Weight weight) {
    return Value.input(weight.name(), TensorType.of(ElementType.FLOAT32, weight.dims()));
  }

  @Override
  public void update(Weight weight, Value newValue) {}

  @Override
  public Value uniformLike(Value like) {
    return Value.input("uniform", like.type());
  }

  @Override
  public Value uniformLike(Value like, long seed) {
    return uniformLike(like);
  }

  @Override
  public List<Value> apply(String name, Layer layer, List<Value> inputs) {
    return layer.lower(this, inputs);
  }
}
