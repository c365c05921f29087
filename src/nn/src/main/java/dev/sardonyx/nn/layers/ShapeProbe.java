package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out what a layer makes of some types by calling it once on inputs that carry nothing else.
 * Shape rules are thus written once, in the operators.
 */
final class ShapeProbe implements Call {
  private ShapeProbe() {}

  static List<TensorType> results(Layer layer, Arguments<TensorType> arguments) {
    List<Masked> values = new ArrayList<>();
    for (int i = 0; i < arguments.tensors().size(); i++) {
      values.add(Masked.of(Value.input("input_" + i, arguments.tensors().get(i))));
    }
    return layer.lower(new ShapeProbe(), arguments.in(values)).stream().map(Masked::type).toList();
  }

  @Override
  public boolean training() {
    return false;
  }

  @Override
  public Value variable(Weight weight) {
    return Value.input(weight.name(), weight.type());
  }

  @Override
  public Value state(State state) {
    return Value.input(state.name(), state.type());
  }

  @Override
  public void keep(State state, Value newValue) {}

  @Override
  public Value inJava(JavaLayer layer, List<Value> inputs) {
    return Value.input(
        "preprocessed", layer.resultType(inputs.stream().map(Value::tensorType).toList()));
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
  public List<Masked> apply(String name, Layer layer, Arguments<Masked> arguments) {
    return layer.lower(this, arguments);
  }
}
