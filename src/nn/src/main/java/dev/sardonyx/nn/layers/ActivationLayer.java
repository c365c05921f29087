package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;

/**
 * A layer that is a function of its input and has no weights. Keras takes one in the place of an
 * activation, too.
 */
public abstract class ActivationLayer extends SingleInputLayer {
  ActivationLayer() {}

  /** The function. */
  public abstract Value activate(Value x);

  @Override
  protected final Value call(Call call, Value x) {
    return activate(x);
  }

  @Override
  protected final boolean passesMask() {
    return true;
  }
}
