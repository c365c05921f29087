package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Tensor;
import java.util.function.UnaryOperator;

/**
 * The gradient of any operator that only moves and repeats elements: it is applied to the positions
 * of the elements, which then say where each element of dy came from.
 */
final class Origins {
  private Origins() {}

  /**
   * What flows back into {@code x} from {@code dy}.
   *
   * @param move the operator, as a function of its first input
   */
  static Value gradient(Value x, Value dy, UnaryOperator<Value> move) {
    Value zeros = Extents.full(dy.element(), 0, Extents.count(x));
    Value from = move.apply(positions(x)).reshape(-1);
    // ScatterND would do with fewer indices, but it loses updates when run on several threads.
    Value dx = zeros.scatterElements(from, dy.reshape(-1), 0, Indexing.ScatterReduction.ADD);
    return dx.reshapeLike(x);
  }

  /** The row-major position of every element of {@code x}, as int64 in x's shape. */
  static Value positions(Value x) {
    Value zero = Value.constant(Tensor.scalar(0L));
    Value one = Value.constant(Tensor.scalar(1L));
    return Value.range(zero, Extents.size(x), one).reshapeLike(x);
  }
}
