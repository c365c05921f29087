package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.stream.LongStream;

/** What becomes of category numbers: Keras's {@code output_mode}. */
public enum CategoryOutput {
  /** They stay. */
  INT,
  /** Each becomes a vector of zeros with a 1 in its place. */
  ONE_HOT,
  /** Those of a sample together become a vector with a 1 in each place that occurs. */
  MULTI_HOT,
  /** Those of a sample together become a vector of how often each occurs. */
  COUNT,
  /** As {@link #COUNT}, each weighted by how rare it is. */
  TF_IDF;

  /**
   * The encoding of integers; those outside [0, depth) count nowhere. The last axis of extent 1
   * disappears in {@link #ONE_HOT}; a sample is what lies along axis 1, or all of a vector.
   */
  Value encode(Value indices, long depth, ElementType element) {
    if (this == INT) {
      return indices.cast(element);
    }
    Value x = indices.shape().rank() == 0 ? indices.unsqueeze(0) : indices;
    int rank = x.shape().rank();
    if (this == ONE_HOT) {
      boolean single = rank > 1 && x.shape().dim(rank - 1).is(1);
      return oneHot(single ? x.squeeze(rank - 1) : x, depth).cast(element);
    }
    long axis = rank > 1 ? 1 : 0;
    // Integers have no maximum in every version of the operator: floats have.
    Value places = oneHot(x, depth).cast(ElementType.FLOAT32);
    Value counts = places.sum(false, axis);
    return (this == MULTI_HOT ? counts.min(1) : counts).cast(element);
  }

  /** As {@link #encode} in the mode {@link #COUNT}, each integer counting as much as it weighs. */
  static Value weighted(Value indices, Value weights, long depth, ElementType element) {
    boolean scalar = indices.shape().rank() == 0;
    Value x = scalar ? indices.unsqueeze(0) : indices;
    Value w = weights.shape().rank() == 0 ? weights.unsqueeze(0) : weights;
    Value places = oneHot(x, depth).cast(element).mul(w.cast(element).unsqueeze(-1));
    return places.sum(false, x.shape().rank() > 1 ? 1 : 0);
  }

  private static Value oneHot(Value x, long depth) {
    Value whole = x.cast(ElementType.INT64);
    long[] classes = LongStream.range(0, depth).toArray();
    return whole.unsqueeze(-1).eq(Value.constant(Tensor.of(classes, depth)));
  }
}
