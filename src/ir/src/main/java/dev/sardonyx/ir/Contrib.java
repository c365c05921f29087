package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Type;
import java.util.List;

/** Operators of the domain com.microsoft that exported and quantized models contain. */
public sealed interface Contrib extends Op {
  /** Stands here until the family's first operator does. */
  @NotDifferentiable("a placeholder")
  record PlaceholderContrib() implements Contrib {
    @Override
    public List<Type> infer(Inference in) {
      return List.of();
    }
  }
}
