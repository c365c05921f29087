package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.type.TensorType;

/**
 * What a stateful layer keeps from one call to the next, zeros at first: not a weight, and not in
 * any file.
 *
 * @param name within the layer
 * @param type with a batch of one size
 */
public record State(Layer owner, String name, TensorType type) {
  @Override
  public boolean equals(Object o) {
    return this == o;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }

  @Override
  public String toString() {
    return owner + " " + name;
  }
}
