package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Type;
import java.util.List;

/** Text. */
public sealed interface Strings extends Op {
  /** Stands here until the family's first operator does. */
  @NotDifferentiable("a placeholder")
  record PlaceholderStrings() implements Strings {
    @Override
    public List<Type> infer(Inference in) {
      return List.of();
    }
  }
}
