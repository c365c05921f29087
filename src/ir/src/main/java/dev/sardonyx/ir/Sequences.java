package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Type;
import java.util.List;

/** Lists of tensors, and values that may be absent. */
public sealed interface Sequences extends Op {
  /** Stands here until the family's first operator does. */
  @NotDifferentiable("a placeholder")
  record PlaceholderSequences() implements Sequences {
    @Override
    public List<Type> infer(Inference in) {
      return List.of();
    }
  }
}
