package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.AlongAxis;
import dev.sardonyx.ir.Indexing;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;

/** How often each of some whole numbers occurs along the last axis. */
final class Histogram {
  private Histogram() {}

  /**
   * The counts, [.., bins].
   *
   * @param places int64 in [0, bins)
   */
  static Value of(Value places, long bins, ElementType element) {
    int last = places.shape().rank() - 1;
    Value ones = places.onesLike().cast(element);
    Value none = ones.sum(true, last).zerosLike();
    Value empty = none.add(Value.constant(Tensor.zeros(element, bins)));
    return empty.scatterElements(places, ones, last, Indexing.ScatterReduction.ADD);
  }

  /** Each number added to all before it, along the last axis. */
  static Value cumulative(Value counts) {
    long last = counts.shape().rank() - 1L;
    return Value.of(
        new AlongAxis.CumSum(false, false), counts, Value.constant(Tensor.scalar(last)));
  }
}
