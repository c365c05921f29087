package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Type;
import java.util.List;

/** Losses of the standard. */
public sealed interface Losses extends Op {
  /** Stands here until the family's first operator does. */
  @NotDifferentiable("a placeholder")
  record PlaceholderLosses() implements Losses {
    @Override
    public List<Type> infer(Inference in) {
      return List.of();
    }
  }
}
