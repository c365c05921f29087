package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Selection;
import dev.sardonyx.ir.Value;
import java.util.List;

/** Elements in order. */
final class Sorting {
  private Sorting() {}

  /**
   * The first {@code k} of the sorted elements along an axis, a vector of one, and their places.
   */
  static List<Value> top(Value x, Value k, long axis, boolean descending) {
    Value numbers = Promotion.counted(x);
    List<Value> both =
        Node.of(new Selection.TopK(axis, descending, true), List.of(numbers, k), 2).outputs();
    return List.of(both.get(0).cast(x.element()), both.get(1));
  }

  static Value sort(Value x, int axis, boolean descending) {
    return top(x, Sizes.of(x, axis), axis, descending).get(0);
  }

  static Value places(Value x, int axis, boolean descending) {
    return top(x, Sizes.of(x, axis), axis, descending).get(1);
  }
}
