package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Type;
import java.util.List;

/** The domain ai.onnx.preview.training: gradients and optimizers. */
public sealed interface Optimizing extends Op {
  /** Stands here until the family's first operator does. */
  @NotDifferentiable("a placeholder")
  record PlaceholderOptimizing() implements Optimizing {
    @Override
    public List<Type> infer(Inference in) {
      return List.of();
    }
  }
}
