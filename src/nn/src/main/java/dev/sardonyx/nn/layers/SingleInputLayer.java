package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;

/** A layer with one input and one output, as most are. */
public abstract class SingleInputLayer extends Layer {
  /** Makes the weights, by {@link #addWeight}; called once, with the type of the first input. */
  protected void build(TensorType input) {}

  /** The mathematics. */
  protected abstract Value call(Call call, Value x);

  @Override
  protected final void build(List<TensorType> inputs) {
    requireOne(inputs);
    build(inputs.get(0));
  }

  @Override
  protected final List<Value> call(Call call, List<Value> inputs) {
    requireOne(inputs.stream().map(Value::tensorType).toList());
    return List.of(call(call, inputs.get(0)));
  }

  private void requireOne(List<TensorType> inputs) {
    if (inputs.size() != 1) {
      throw refuse(
          "NN-015",
          "takes one input, got " + inputs.size(),
          inputs,
          "join them with Concatenate or Add, or apply the layer to each");
    }
  }

  /** A refusal of this input, in the four lines of every diagnostic. */
  protected final DiagnosticException refuse(
      String code, String message, TensorType input, String help) {
    return refuse(code, message, List.of(input), help);
  }
}
