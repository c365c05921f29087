package dev.sardonyx.ir;

import dev.sardonyx.ir.type.ElementType;
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

  /** Whether the standard defines the operator on this element type. */
  default boolean takes(ElementType element) {
    return element.isFloat() || element.isInteger() && element.bits() >= 32;
  }

  @Override
  default List<Type> infer(Inference in) {
    if (!takes(in.element(0))) {
      throw in.fail(
          "TYPE-003",
          "is not defined on %s".formatted(in.element(0)),
          "cast the input to float32 or int64");
    }
    return List.of(in.type(0).with(Reduced.shape(in, this)));
  }
}
