package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Type;
import java.util.List;

/** The domain ai.onnx.ml: classical machine learning. */
public sealed interface MachineLearning extends Op {
  /** Stands here until the family's first operator does. */
  @NotDifferentiable("a placeholder")
  record PlaceholderMachineLearning() implements MachineLearning {
    @Override
    public List<Type> infer(Inference in) {
      return List.of();
    }
  }
}
