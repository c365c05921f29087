package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;

/** The shapes of attention of a sequence to itself, weights of the projections included. */
final class SelfAttention {
  private SelfAttention() {}

  /**
   * The types of result and present.
   *
   * @param like has their element type
   * @param sizes of queries, keys and values, or empty for thirds
   * @param past which input holds keys and values of earlier steps
   * @param shared whether past and present are one buffer
   */
  static List<Type> types(
      Inference in, TensorType like, long heads, List<Long> sizes, int past, boolean shared) {
    if (heads < 1 || !sizes.isEmpty() && sizes.size() != 3) {
      throw in.fail(
          "ATTR-004",
          "has num_heads=%s and qkv_hidden_sizes=%s".formatted(heads, sizes),
          "there is 1 head or more, and sizes are three or none");
    }
    Shape x = Fused.ranked(in, 0, 3);
    Shape w = Fused.ranked(in, 1, 2);
    Vectors.same(in, x.dim(2), w.dim(0), "the input's features and the weights' rows");
    Dim values = sizes.isEmpty() ? w.dim(1).floorDiv(3) : Dim.of(sizes.get(2));
    if (!sizes.isEmpty()) {
      Dim sum = Dim.of(sizes.stream().mapToLong(s -> s).sum());
      Vectors.same(in, sum, w.dim(1), "qkv_hidden_sizes' sum and the weights' columns");
      Fused.perHead(in, Dim.of(sizes.get(0)), heads);
    }
    Dim length = x.dim(1);
    if (in.has(past)) {
      Dim before = Fused.ranked(in, past, 5).dim(3);
      length = shared ? before : before.plus(length);
    }
    Shape present =
        Shape.of(Dim.of(2), x.dim(0), Dim.of(heads), length, Fused.perHead(in, values, heads));
    return Fused.asked(in, 1, like.with(x.with(2, values)), like.with(present));
  }
}
