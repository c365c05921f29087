package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The two products of attention. Where several heads of queries share one of keys and values, their
 * rows are laid into one matrix, so that nothing is repeated.
 *
 * @param queries [N,H,L,E]
 * @param keys [N,G,S,E]
 * @param scale what products are multiplied by; 1/√E where absent
 */
record Scores(Value queries, Value keys, @Nullable Float scale) {
  /** Q·Kᵀ·scale, [N,H,L,S]. Each factor takes √scale, so that less overflows. */
  Value product() {
    Value root = root();
    Value transposed = keys.transpose(0, 1, 3, 2).mul(root);
    return apart(shared(queries.mul(root)).matMul(transposed));
  }

  /** [N,H,L,S] times the values [N,G,S,F]: [N,H,L,F]. */
  Value weigh(Value shares, Value values) {
    return apart(shared(shares).matMul(values));
  }

  private Value root() {
    ElementType element = queries.element();
    if (scale != null) {
      return Value.scalar(element, Math.sqrt(scale));
    }
    Dim size = queries.shape().dim(3);
    if (size.isFixed()) {
      return Value.scalar(element, Math.sqrt(1 / Math.sqrt(size.value())));
    }
    Value extent = Extents.axis(queries, 3).squeeze(0).cast(ElementType.FLOAT32);
    return extent.sqrt().reciprocal().sqrt().cast(element);
  }

  private boolean isShared() {
    return !queries.shape().dim(1).provablySame(keys.shape().dim(1));
  }

  private Value shared(Value x) {
    return isShared() ? x.reshape(heads(keys)) : x;
  }

  private Value apart(Value x) {
    return isShared() ? x.reshape(heads(queries)) : x;
  }

  /** Batch and features as they are, the heads of {@code like}, and what is left over. */
  private static Value heads(Value like) {
    return Extents.join(
        List.of(Value.longs(0), Extents.axis(like, 1), Value.longs(-1), Value.longs(0)));
  }
}
