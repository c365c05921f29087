package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Type;
import java.util.List;

/**
 * Reductions over the axes that the input {@code axes} lists. Without axes all are reduced, or none
 * with {@code noop_with_empty_axes}; what the operator does to single elements, such as the square
 * in ReduceSumSquare, is done even so.
 */
public sealed interface Reducing extends Reduction permits Aggregation, Norm {
  /** Whether a reduced axis stays, with extent 1. */
  boolean keepdims();

  boolean noopWithEmptyAxes();

  @Override
  default List<Type> infer(Inference in) {
    return List.of(in.type(0).with(Reduced.shape(in, this)));
  }
}
