package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import org.jspecify.annotations.Nullable;

/** Which queries see which keys, put together of several masks; null where all see all. */
final class AttentionMask {
  private @Nullable Value mask;

  /** Both have to be true. */
  void and(@Nullable Value other) {
    if (other != null) {
      Value truth = other.cast(ElementType.BOOL);
      mask = mask == null ? truth : mask.and(truth);
    }
  }

  /** Queries that count: [batch, queries]. */
  void queries(@Nullable Value which) {
    and(which == null ? null : which.unsqueeze(-1));
  }

  /** Keys that count: [batch, keys]. */
  void keys(@Nullable Value which) {
    and(which == null ? null : which.unsqueeze(-2));
  }

  @Nullable Value value() {
    return mask;
  }

  /** Keys up to the query's own place: [1, queries, keys]. */
  static Value causal(Value queries, Value keys) {
    return queries.unsqueeze(0, 2).ge(keys.unsqueeze(0, 1));
  }

  /** Keys fewer than {@code window} places away: [1, queries, keys]. */
  static Value near(Value queries, Value keys, long window) {
    return queries.unsqueeze(0, 2).sub(keys.unsqueeze(0, 1)).abs().lt(window);
  }

  /** 0, 1, … for each element of an axis of {@code x}. */
  static Value places(Value x, int axis) {
    return Value.range(
        Value.scalar(ElementType.INT64, 0),
        Extent.scalar(x, axis),
        Value.scalar(ElementType.INT64, 1));
  }
}
