package dev.sardonyx.testkit;

import static dev.sardonyx.testkit.OpCase.constant;
import static dev.sardonyx.testkit.OpCase.data;
import static dev.sardonyx.testkit.OpCase.f32;
import static dev.sardonyx.testkit.OpCase.i64;
import static dev.sardonyx.testkit.OpCase.uniform;
import static dev.sardonyx.testkit.QuantizationRows.i8;
import static dev.sardonyx.testkit.QuantizationRows.u8;

import dev.sardonyx.ir.FusedAttention;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link FusedAttention}. */
final class FusedAttentionRows {
  private FusedAttentionRows() {}

  static List<OpCase> rows() {
    List<OpCase> rows = new ArrayList<>(toItself());
    rows.addAll(toOthers());
    return rows;
  }

  private static FusedAttention.Attention attention(List<Long> sizes, boolean unidirectional) {
    return new FusedAttention.Attention(null, null, 2, null, sizes, null, null, unidirectional);
  }

  private static List<OpCase> toItself() {
    return List.of(
        OpCase.of(attention(List.of(), false)).inputs(f32(2, 3, 4), f32(4, 24), f32(24)),
        OpCase.of(attention(List.of(8L, 8L, 4L), true)).inputs(f32(2, 3, 4), f32(4, 20), f32(20)),
        OpCase.of(attention(List.of(), false))
            .inputs(f32(2, 3, 4), f32(4, 24), f32(24), null, f32(2, 2, 2, 5, 4))
            .outputs(2)
            .note("with a past"),
        OpCase.of(attention(List.of(), true))
            .inputs(
                f32(2, 3, 4),
                f32(4, 24),
                f32(24),
                data(Tensor.of(new int[] {2, 3}, 2)),
                null,
                f32(1, 2, 3, 3))
            .note("with lengths"),
        OpCase.of(attention(List.of(), false))
            .inputs(
                f32(2, 3, 4),
                f32(4, 24),
                f32(24),
                data(Tensor.of(new int[] {1, 0, 1, 1, 1, 0}, 2, 3)))
            .note("masked"),
        OpCase.of(new FusedAttention.QAttention(null, null, 2, null, 0.3f, true))
            .inputs(u8(2, 3, 4), i8(4, 24), f32(24), uniform(0.1, 0.2), uniform(0.1, 0.2)),
        OpCase.of(new FusedAttention.QAttention(null, null, 2, null, null, false))
            .inputs(
                u8(2, 3, 4),
                i8(4, 24),
                f32(24),
                uniform(0.1, 0.2),
                uniform(0.1, 0.2),
                null,
                constant(Tensor.scalar(ElementType.UINT8, 7)),
                constant(Tensor.scalar(ElementType.INT8, 3))));
  }

  private static FusedAttention.MultiHeadAttention heads(boolean unidirectional) {
    return new FusedAttention.MultiHeadAttention(null, 2, null, unidirectional);
  }

  private static FusedAttention.GroupQueryAttention grouped(
      @Nullable Long rotary, long window, @Nullable Float cap) {
    return new FusedAttention.GroupQueryAttention(
        rotary, "NONE", null, 2, window, 4, 1e-6f, 0, null, null, false, -1, cap, "NONE");
  }

  private static List<OpCase> toOthers() {
    return List.of(
        OpCase.of(heads(false)).inputs(f32(2, 3, 8), f32(2, 5, 8), f32(2, 5, 6)),
        OpCase.of(heads(true)).inputs(f32(2, 3, 8), f32(2, 3, 8), f32(2, 3, 8), f32(24)),
        OpCase.of(heads(false))
            .inputs(
                f32(2, 3, 8),
                f32(2, 5, 8),
                f32(2, 5, 8),
                null,
                data(Tensor.of(new int[] {1, 1, 1, 0, 0, 1, 1, 1, 1, 1}, 2, 5)),
                f32(1, 2, 3, 5))
            .note("masked"),
        OpCase.of(heads(false))
            .inputs(
                f32(2, 3, 8),
                f32(2, 5, 8),
                f32(2, 5, 8),
                null,
                data(Tensor.of(new int[] {1, 1, 1, 0, 0, 1, 1, 1, 1, 1}, 2, 5)))
            .note("masked, without a bias"),
        OpCase.of(heads(false))
            .inputs(
                f32(2, 3, 8),
                f32(2, 3, 8),
                f32(2, 3, 8),
                null,
                null,
                null,
                f32(2, 2, 5, 4),
                f32(2, 2, 5, 4))
            .outputs(3)
            .note("with a past"),
        OpCase.of(grouped(null, -1, null))
            .inputs(
                f32(1, 3, 32),
                f32(1, 3, 16),
                f32(1, 3, 16),
                null,
                null,
                data(Tensor.of(new int[] {2})),
                data(Tensor.scalar(ElementType.INT32, 3)))
            .outputs(3),
        OpCase.of(grouped(null, -1, null))
            .inputs(
                f32(2, 1, 32),
                f32(2, 1, 16),
                f32(2, 1, 16),
                f32(2, 2, 5, 8),
                f32(2, 2, 5, 8),
                data(Tensor.of(new int[] {5, 3})),
                data(Tensor.scalar(ElementType.INT32, 6)))
            .note("with a past"),
        OpCase.of(grouped(1L, 3, 2f))
            .inputs(
                f32(1, 5, 128),
                null,
                null,
                null,
                null,
                data(Tensor.of(new int[] {4})),
                data(Tensor.scalar(ElementType.INT32, 5)),
                f32(8, 8),
                f32(8, 8))
            .note("packed, rotated, in a window"),
        OpCase.of(new FusedAttention.RotaryEmbedding(null, null, null, null, null))
            .inputs(f32(2, 3, 8), i64(0, 4, 2, 3), f32(6, 2), f32(6, 2))
            .note(ContribRows.DOMAIN),
        OpCase.of(new FusedAttention.RotaryEmbedding(1L, null, null, null, null))
            .inputs(f32(2, 2, 3, 4), data(Tensor.of(new long[] {2})), f32(6, 2), f32(6, 2))
            .note(ContribRows.DOMAIN));
  }
}
