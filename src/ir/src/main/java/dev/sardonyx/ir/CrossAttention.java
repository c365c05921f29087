package dev.sardonyx.ir;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shapes and expansion of {@link FusedAttention.MultiHeadAttention}. */
record CrossAttention(FusedAttention.MultiHeadAttention op) {
  private static final float MASKED = -10000;

  List<Type> types(Inference in) {
    long heads = op.numHeads();
    if (heads < 1) {
      throw in.fail("ATTR-004", "has num_heads=" + heads, "there is 1 head or more");
    }
    Shape q = in.shape(0);
    if (!q.isRanked()) {
      TensorType unknown = in.type(0).with(Vectors.unknown(4));
      TensorType y = in.type(0).with(Vectors.unknown(3));
      return Fused.asked(in, 1, y, unknown, unknown, unknown);
    }
    if (q.rank() == 5) {
      Dim size = q.dim(2).times(q.dim(4));
      return results(in, q, q.dim(1), q.dim(4), size, q.dim(4));
    }
    Fused.ranked(in, 0, 3);
    Dim head = Fused.perHead(in, q.dim(2), heads);
    Shape k = in.has(1) ? in.shape(1) : q;
    if (!k.isRanked()) {
      return results(in, q, Dim.UNKNOWN, head, Dim.UNKNOWN, Dim.UNKNOWN);
    }
    if (k.rank() == 5) {
      return results(in, q, k.dim(1), head, k.dim(2).times(k.dim(4)), k.dim(4));
    }
    Shape v = in.has(2) ? in.shape(2) : k;
    Dim length = k.rank() == 4 ? k.dim(2) : k.dim(1);
    if (!v.isRanked()) {
      return results(in, q, length, head, Dim.UNKNOWN, Dim.UNKNOWN);
    }
    Dim size = v.rank() == 4 ? v.dim(1).times(v.dim(3)) : v.dim(2);
    return results(in, q, length, head, size, Fused.perHead(in, size, heads));
  }

  private List<Type> results(
      Inference in, Shape q, Dim length, Dim keyHead, Dim size, Dim valueHead) {
    Dim total = length;
    if (in.has(6)) {
      Dim before = Fused.ranked(in, 6, 4).dim(2);
      total = in.has(8) ? before : before.plus(length);
    }
    Dim batch = q.dim(0);
    Dim heads = Dim.of(op.numHeads());
    TensorType like = in.type(0);
    return Fused.asked(
        in,
        1,
        like.with(Shape.of(batch, q.dim(1), size)),
        like.with(Shape.of(batch, heads, total, keyHead)),
        like.with(Shape.of(batch, heads, total, valueHead)),
        like.with(Shape.of(batch, heads, q.dim(1), total)));
  }

  /** In the standard's Attention, where queries, keys and values are three sequences. */
  @Nullable List<@Nullable Value> expand(Expansion e) {
    boolean plain = e.has(1) && e.has(2) && !e.has(8) && !e.has(9) && !e.wants(3);
    for (int i = 0; plain && i < 3; i++) {
      plain = e.shape(i).isRanked() && e.shape(i).rank() == 3;
    }
    if (!plain || e.has(4) && !isRank(e, 4, 2)) {
      return null;
    }
    Value[] qkv = {e.x(0), e.x(1), e.x(2)};
    if (e.has(3)) {
      Value q = Extents.axis(qkv[0], 2);
      Value sizes = Extents.join(List.of(q, q, Extents.axis(qkv[2], 2)));
      List<Value> parts = Node.of(new Slicing.Split(0, null), List.of(e.x(3), sizes), 3).outputs();
      for (int i = 0; i < 3; i++) {
        qkv[i] = qkv[i].add(parts.get(i));
      }
    }
    Op attention =
        new Attending.Attention(
            op.unidirectional(), op.numHeads(), -1, op.numHeads(), 0, -1, op.scale(), 0, null);
    List<@Nullable Value> inputs =
        Arrays.asList(qkv[0], qkv[1], qkv[2], mask(e), e.optional(6), e.optional(7));
    return List.copyOf(Node.of(attention, inputs, e.wants(1) ? 3 : 1).outputs());
  }

  private static boolean isRank(Expansion e, int i, int rank) {
    return e.shape(i).isRanked() && e.shape(i).rank() == rank;
  }

  /** What is added to the products, [N or 1, heads or 1, S, T]. */
  private @Nullable Value mask(Expansion e) {
    Value bias = e.optional(5);
    if (!e.has(4)) {
      return bias;
    }
    float value = op.maskFilterValue() == null ? MASKED : op.maskFilterValue();
    Value x = e.x(0);
    Value off = e.x(4).eq(0).where(x.scalar(value), x.scalar(0)).unsqueeze(1, 2);
    return bias == null ? Fused.forQueries(off, x) : bias.add(off);
  }
}
