package dev.sardonyx.nn.constraints;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Configurable;

/** A set that a weight stays in: after every step of training it is projected onto it. */
public interface Constraint extends Configurable {
  /** The weight's projection, of its shape. */
  Value project(Value weight);
}
