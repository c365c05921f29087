package dev.sardonyx.ir;

import dev.sardonyx.ir.FusedAttention.GroupQueryAttention;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@link GroupQueryAttention} as the standard's attention over a cache: new keys and values are
 * written behind those of the past, whose number each sample says by itself.
 */
record GroupedAttention(GroupQueryAttention op, Expansion e) {
  private static final int PAST = 3;
  private static final int LENGTHS = 5;
  private static final int TOTAL = 6;
  private static final int COS = 7;
  private static final int POSITIONS = 9;
  private static final int BIAS = 10;

  /** Null for what the standard has no words for: sinks, caches of small integers, and so on. */
  static @Nullable List<@Nullable Value> expand(GroupQueryAttention op, Expansion e) {
    boolean plain = !e.wants(3) && op.qkOutput() == 0 && op.smoothSoftmax() <= 0;
    for (int i = BIAS + 1; i < e.size(); i++) {
      plain &= !e.has(i);
    }
    plain &= op.kQuantType().equals("NONE") && op.vQuantType().equals("NONE");
    plain &= !op.slidingWindowCache() && e.shape(0).isRanked();
    plain &= !isSet(op.doRotary()) || e.has(COS) && e.shape(COS).isRanked();
    return plain ? new GroupedAttention(op, e).results() : null;
  }

  private static boolean isSet(@Nullable Long flag) {
    return flag != null && flag != 0;
  }

  private List<@Nullable Value> results() {
    List<Value> qkv = heads();
    Value before = before();
    Value q = rotated(qkv.get(0), before);
    Value k = rotated(qkv.get(1), before);
    Value v = qkv.get(2);
    if (e.has(PAST)) {
      k = written(e.x(PAST), k, before);
      v = written(e.x(PAST + 1), v, before);
    }
    Value seen = before.add(Extents.axis(e.x(0), 1));
    float cap = op.softcap() == null ? 0 : op.softcap();
    Float scale = op.scale() == null || op.scale() == 0 ? null : op.scale();
    // A window of w counts the query's own step.
    long left = op.localWindowSize() < 0 ? -1 : op.localWindowSize() - 1;
    Op attention = new Attending.Attention(true, null, left, null, 0, -1, scale, cap, null);
    List<@Nullable Value> inputs =
        Arrays.asList(q, k, v, e.optional(BIAS), null, null, e.has(PAST) ? seen : null);
    Value y = Node.of(attention, inputs, 1).output();
    return Arrays.asList(y.transpose(0, 2, 1, 3).reshape(0, 0, -1), k, v);
  }

  /** Queries, keys and values, [N,heads,S,E] each. */
  private List<Value> heads() {
    long h = op.numHeads();
    long g = op.kvNumHeads();
    List<Value> parts = new ArrayList<>();
    if (e.has(1)) {
      parts.add(e.x(0).reshape(0, 0, h, -1));
      parts.add(e.x(1).reshape(0, 0, g, -1));
      parts.add(e.x(2).reshape(0, 0, g, -1));
    } else {
      Value all = e.x(0).reshape(0, 0, h + 2 * g, -1);
      parts.add(all.slice(2, 0, h));
      parts.add(all.slice(2, h, h + g));
      parts.add(all.slice(2, h + g, h + 2 * g));
    }
    parts.replaceAll(x -> x.transpose(0, 2, 1, 3));
    return parts;
  }

  /** How many steps each sample has in its past, [N]. */
  private Value before() {
    Value total = e.x(LENGTHS).cast(ElementType.INT64).reshape(-1).add(Value.longs(1));
    return total.sub(Extents.axis(e.x(0), 1)).max(Value.longs(0));
  }

  private Value rotated(Value x, Value before) {
    if (!isSet(op.doRotary())) {
      return x;
    }
    Dim half = e.shape(COS).dim(1);
    Dim head = x.shape().dim(3);
    boolean part = half.isFixed() && !head.is(2 * (half.isFixed() ? half.value() : 0));
    Op rotation =
        new Attending.RotaryEmbedding(
            isSet(op.rotaryInterleaved()), null, part ? 2 * half.value() : 0);
    return Value.of(rotation, x, e.x(COS), e.x(COS + 1), positions(before));
  }

  private Value positions(Value before) {
    if (e.has(POSITIONS)) {
      return e.x(POSITIONS);
    }
    Value steps = Extents.axis(e.x(0), 1).reshape();
    return Value.range(Fused.zero(), steps, Fused.one()).add(before.unsqueeze(1));
  }

  /** A cache that is long enough, with the new steps in it. */
  private Value written(Value past, Value steps, Value before) {
    Value missing =
        e.x(TOTAL)
            .cast(ElementType.INT64)
            .reshape(1)
            .sub(Extents.axis(past, 2))
            .max(Value.longs(0));
    Value pads = Extents.join(List.of(Value.longs(0, 0, 0, 0, 0, 0), missing, Value.longs(0)));
    Value places = Value.range(Fused.zero(), Extents.axis(past, 2).reshape(), Fused.one());
    Value there = places.lt(before.unsqueeze(1)).unsqueeze(1, 3);
    Value kept = there.where(past, past.scalar(0));
    Value longer = Value.of(new Slicing.Pad(Slicing.PadMode.CONSTANT), kept, pads, past.scalar(0));
    return Value.of(new Caching.TensorScatter(-2, Caching.CacheMode.LINEAR), longer, steps, before);
  }
}
