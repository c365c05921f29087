package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.constant;
import static dev.sardonyx.testkit.OpCase.data;
import static dev.sardonyx.testkit.OpCase.f32;
import static dev.sardonyx.testkit.OpCase.i64;
import static dev.sardonyx.testkit.OpCase.uniform;

import dev.sardonyx.ir.Attending;
import dev.sardonyx.ir.Caching;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@link Attending}. */
final class AttendingRows {
  private AttendingRows() {}

  static List<OpCase> rows() {
    return Stream.of(attention(), rotations(), caches()).flatMap(List::stream).toList();
  }

  private static List<OpCase> attention() {
    return List.of(
        OpCase.of(new Attending.Attention())
            .inputs(f32(2, 3, 4, 6), f32(2, 3, 5, 6), f32(2, 3, 5, 7)),
        OpCase.of(flat(4L, 2L)).inputs(f32(2, 3, 8), f32(2, 5, 4), f32(2, 5, 6)),
        OpCase.of(new Attending.Attention(false, null, -1, null, 3, -1, 0.7f, 1.5f, null))
            .inputs(f32(1, 4, 3, 2), f32(1, 2, 5, 2), f32(1, 2, 5, 3))
            .outputs(4)
            .note("shared heads"),
        OpCase.of(new Attending.Attention(true, null, -1, null, 0, -1, null, 0, null))
            .inputs(
                f32(2, 1, 3, 4),
                f32(2, 1, 2, 4),
                f32(2, 1, 2, 5),
                f32(3, 8),
                f32(2, 1, 6, 4),
                f32(2, 1, 6, 5))
            .outputs(3)
            .note("past"),
        OpCase.of(new Attending.Attention())
            .inputs(f32(2, 3, 4, 6), f32(2, 3, 5, 6), f32(2, 3, 5, 7), data(mask(4, 5)))
            .note("a mask of booleans"),
        OpCase.of(new Attending.Attention(true, null, 1, null, 0, -1, null, 0, null))
            .inputs(
                f32(2, 1, 3, 4),
                f32(2, 1, 6, 4),
                f32(2, 1, 6, 5),
                null,
                null,
                null,
                data(Tensor.of(new long[] {2, 5}, 2)))
            .note("padded keys"),
        OpCase.of(new Attending.Attention(false, null, 1, null, 2, 2, null, 0, null))
            .inputs(f32(1, 2, 4, 3), f32(1, 2, 5, 3), f32(1, 2, 5, 3))
            .note("a window"),
        OpCase.of(new Attending.FlexAttention(null, null, null, null))
            .inputs(f32(2, 4, 3, 6), f32(2, 2, 5, 6), f32(2, 2, 5, 7)),
        OpCase.of(new Attending.FlexAttention(null, 0.4f, null, ElementType.FLOAT64))
            .inputs(f32(2, 2, 3, 6), f32(2, 2, 5, 6), f32(2, 2, 5, 7)));
  }

  /** A key that is closed to a query, for each query another. */
  private static Tensor mask(int queries, int keys) {
    boolean[] open = new boolean[queries * keys];
    for (int i = 0; i < open.length; i++) {
      open[i] = i % keys != i / keys;
    }
    return Tensor.of(open, queries, keys);
  }

  private static Attending.Attention flat(@Nullable Long queries, @Nullable Long keys) {
    return new Attending.Attention(false, keys, -1, queries, 0, -1, null, 0, null);
  }

  private static List<OpCase> rotations() {
    return List.of(
        OpCase.of(new Attending.RotaryEmbedding(false, null, 0))
            .inputs(f32(2, 3, 4, 6), f32(5, 3), f32(5, 3), i64(0, 5, 2, 4)),
        OpCase.of(new Attending.RotaryEmbedding(true, 2L, 4))
            .inputs(f32(2, 3, 12), f32(2, 3, 2), f32(2, 3, 2)),
        OpCase.of(new Attending.RotaryEmbedding(true, null, 0))
            .inputs(f32(2, 3, 4, 6), f32(2, 4, 3), f32(2, 4, 3)),
        OpCase.of(new Attending.RotaryEmbedding(false, 3L, 0))
            .inputs(f32(2, 4, 18), f32(2, 4, 3), f32(2, 4, 3)));
  }

  private static List<OpCase> caches() {
    return List.of(
        OpCase.of(new Caching.TensorScatter(-2, Caching.CacheMode.LINEAR))
            .inputs(f32(2, 3, 7, 5), f32(2, 3, 4, 5), data(Tensor.of(new long[] {1, 3}, 2))),
        OpCase.of(new Caching.TensorScatter(1, Caching.CacheMode.CIRCULAR))
            .inputs(f32(2, 7, 5), f32(2, 4, 5), data(Tensor.of(new long[] {5, 0}, 2))),
        OpCase.of(new Caching.TensorScatter(-1, Caching.CacheMode.LINEAR))
            .inputs(f32(2, 3, 7), f32(2, 3, 4))
            .note("from the beginning"),
        OpCase.of(new Caching.CausalConvWithState(Caching.ConvActivation.NONE))
            .inputs(f32(2, 3, 5), weight(3, 4), f32(3), f32(2, 3, 3)),
        OpCase.of(new Caching.CausalConvWithState(Caching.ConvActivation.SILU))
            .inputs(f32(2, 3, 5), weight(3, 2)));
  }

  /** Which says how many taps there are. */
  private static OpCase.Source weight(long channels, long taps) {
    return random -> constant(uniform(-2, 2, channels, 1, taps).draw(random).tensor()).draw(random);
  }
}
