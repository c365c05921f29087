package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import java.util.List;

/**
 * A layer whose call takes more than tensors in a row: arguments by name, lists, plain values; or
 * that does more with masks than to pass them on.
 */
public abstract class ArgumentLayer extends Layer {
  @Override
  protected abstract List<Masked> callWith(Call call, Arguments<Masked> arguments);

  @Override
  protected final List<Value> call(Call call, List<Value> inputs) {
    return Masked.values(callWith(call, Arguments.of(Masked.all(inputs))));
  }
}
