package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Type;
import java.util.List;

/** Integers that stand for real numbers, and arithmetic on them. */
public sealed interface Quantization extends Op {
  /** Stands here until the family's first operator does. */
  @NotDifferentiable("a placeholder")
  record PlaceholderQuantization() implements Quantization {
    @Override
    public List<Type> infer(Inference in) {
      return List.of();
    }
  }
}
