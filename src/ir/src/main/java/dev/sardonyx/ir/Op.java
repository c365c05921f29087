package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An operator: a record whose components are its ONNX attributes, and nothing else.
 *
 * <p>Every operator is either differentiable, by {@link #vjps} or through its {@linkplain
 * Expandable expansion}, or carries {@link NotDifferentiable} with the reason. Equality of the
 * record is what makes two nodes the same computation.
 */
public sealed interface Op
    permits Leaf,
        Unary,
        Broadcasting,
        Reduction,
        Shaping,
        Indexing,
        LinearAlgebra,
        Convolution,
        Pooling,
        Normalization,
        Random,
        Recurrent,
        Attending,
        ControlFlow,
        Sequences,
        Strings,
        Signal,
        Quantization,
        Image,
        Losses,
        MachineLearning,
        Optimizing,
        Contrib {

  /**
   * The types of the results, computed when a node is made. What the operator cannot take is
   * refused with {@link Inference#fail}.
   */
  List<Type> infer(Inference in);

  /**
   * The vector-Jacobian products: for each input the gradient of {@code sum(dy * y)}, or null where
   * none flows.
   *
   * <p>A rule may return a gradient that still has the axes along which the input was broadcast,
   * and need not look at what is wanted: the engine sums broadcast axes, adds up fan-out, and what
   * is not used does not exist.
   */
  default List<@Nullable Value> vjps(Pullback p) {
    throw new IllegalStateException(getClass().getSimpleName() + " has no gradient rule");
  }
}
