package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;

/**
 * A layer that ONNX has no operators for, such as the hashing of strings. It runs in Java in front
 * of the graph, and must therefore stand at a model's input or behind another of its kind; the
 * graph takes its result as an input.
 */
public interface JavaLayer {
  /** The type of the result. */
  TensorType resultType(List<TensorType> inputs);

  /** The result for a batch. */
  Tensor compute(List<Tensor> inputs);
}
