package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Type;
import java.util.List;

/** Fourier transforms, windows and filter banks. */
public sealed interface Signal extends Op {
  /** Stands here until the family's first operator does. */
  @NotDifferentiable("a placeholder")
  record PlaceholderSignal() implements Signal {
    @Override
    public List<Type> infer(Inference in) {
      return List.of();
    }
  }
}
