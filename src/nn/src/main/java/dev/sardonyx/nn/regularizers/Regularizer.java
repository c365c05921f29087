package dev.sardonyx.nn.regularizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Configurable;

/** A penalty on a weight, added to the loss. */
public interface Regularizer extends Configurable {
  /** The penalty, a scalar. */
  Value penalty(Value weight);
}
