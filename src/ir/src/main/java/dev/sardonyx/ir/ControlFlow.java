package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Type;
import java.util.List;

/** Operators that run graphs: branches and loops. */
public sealed interface ControlFlow extends Op {
  /** Stands here until the family's first operator does. */
  @NotDifferentiable("a placeholder")
  record PlaceholderControlFlow() implements ControlFlow {
    @Override
    public List<Type> infer(Inference in) {
      return List.of();
    }
  }
}
