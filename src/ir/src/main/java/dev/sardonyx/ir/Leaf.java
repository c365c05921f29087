package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.Type;
import java.util.List;

/** What a graph starts from. Leaves take no inputs and are never rewritten in place. */
public sealed interface Leaf extends Op {
  /** A value given at every run. */
  record Input(String name, Type type) implements Leaf {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(type);
    }
  }

  /**
   * A named weight with its present value.
   *
   * @param trainable whether gradients and optimizers see it
   */
  record Parameter(String name, Tensor tensor, boolean trainable) implements Leaf {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(tensor.type());
    }
  }

  /** A value that is part of the mathematics. */
  record Constant(Tensor tensor) implements Leaf {
    @Override
    public List<Type> infer(Inference in) {
      return List.of(tensor.type());
    }
  }
}
