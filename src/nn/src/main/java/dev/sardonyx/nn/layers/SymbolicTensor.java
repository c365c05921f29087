package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What flows between layers while a model is being wired: a type and where it comes from. {@link
 * Input} is one that comes from outside.
 */
public sealed class SymbolicTensor permits Input {
  /**
   * One use of a layer.
   *
   * @param at the user's line
   */
  public record Application(Layer layer, Arguments<SymbolicTensor> arguments, Location at) {
    /** The tensors among the arguments. */
    public List<SymbolicTensor> inputs() {
      return arguments.tensors();
    }

    // Two uses with equal arguments are two.
    @Override
    public boolean equals(Object o) {
      return this == o;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(this);
    }
  }

  private final @Nullable Application application;
  private final int index;
  private final TensorType type;

  SymbolicTensor(@Nullable Application application, int index, TensorType type) {
    this.application = application;
    this.index = index;
    this.type = type;
  }

  /** The use of a layer whose result this is; null for an {@link Input}. */
  public @Nullable Application application() {
    return application;
  }

  /** Which of the results. */
  public int index() {
    return index;
  }

  /** The type; its first dimension is the batch. */
  public TensorType type() {
    return type;
  }

  @Override
  public String toString() {
    return type.toString();
  }
}
