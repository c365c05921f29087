package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Type;
import java.util.List;

/** Attention, and what attention networks are made of beside it. */
public sealed interface Attending extends Op {
  /** Stands here until the family's first operator does. */
  @NotDifferentiable("a placeholder")
  record PlaceholderAttending() implements Attending {
    @Override
    public List<Type> infer(Inference in) {
      return List.of();
    }
  }
}
