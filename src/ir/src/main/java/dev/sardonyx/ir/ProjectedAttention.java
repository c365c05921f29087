package dev.sardonyx.ir;

import dev.sardonyx.ir.FusedAttention.Attention;
import dev.sardonyx.ir.type.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@link FusedAttention.Attention} as three projections and the standard's attention. */
record ProjectedAttention(Attention op, Expansion e) {
  private static final int MASK = 3;
  private static final int PAST = 4;
  private static final int BIAS = 5;
  private static final float MASKED = -10000;

  /** Null where it rotates, shares a buffer, or has a mask of another form. */
  static @Nullable List<@Nullable Value> expand(Attention op, Expansion e) {
    boolean plain = !isSet(op.doRotary()) && !isSet(op.pastPresentShareBuffer()) && !e.has(6);
    ProjectedAttention attention = new ProjectedAttention(op, e);
    return plain && attention.knowsMask() ? attention.results() : null;
  }

  private static boolean isSet(@Nullable Long flag) {
    return flag != null && flag != 0;
  }

  private List<@Nullable Value> results() {
    Value all = e.x(0).matMul(e.x(1));
    List<Value> qkv = parts(e.has(2) ? all.add(e.x(2)) : all);
    Op attention =
        new Attending.Attention(
            op.unidirectional(), op.numHeads(), -1, op.numHeads(), 0, -1, op.scale(), 0, null);
    Value keys = e.has(PAST) ? past(0) : null;
    Value values = e.has(PAST) ? past(1) : null;
    List<@Nullable Value> inputs =
        Arrays.asList(qkv.get(0), qkv.get(1), qkv.get(2), mask(), keys, values);
    List<Value> found = Node.of(attention, inputs, e.wants(1) ? 3 : 1).outputs();
    List<@Nullable Value> results = new ArrayList<>(found.subList(0, 1));
    if (e.wants(1)) {
      results.add(Value.concat(0, found.get(1).unsqueeze(0), found.get(2).unsqueeze(0)));
    }
    return results;
  }

  /** Queries, keys and values. */
  private List<Value> parts(Value all) {
    List<Long> sizes = op.qkvHiddenSizes();
    if (sizes.isEmpty()) {
      return Node.of(new Slicing.Split(2, 3L), List.of(all), 3).outputs();
    }
    Value lengths = Value.longs(sizes.stream().mapToLong(s -> s).toArray());
    return Node.of(new Slicing.Split(2, null), List.of(all, lengths), 3).outputs();
  }

  private Value past(long index) {
    return e.x(PAST).slice(0, index, index + 1).squeeze(0);
  }

  private boolean knowsMask() {
    if (!e.has(MASK)) {
      return true;
    }
    Shape mask = e.shape(MASK);
    Shape x = e.shape(0);
    boolean lengths =
        mask.isRanked() && mask.rank() == 1 && x.isRanked() && mask.dim(0).provablySame(x.dim(0));
    return lengths || mask.isRanked() && (mask.rank() == 2 || mask.rank() == 3);
  }

  /** What is added to the products, [N or 1, heads or 1, S, T]. */
  private @Nullable Value mask() {
    Value bias = e.has(BIAS) ? e.x(BIAS) : null;
    if (!e.has(MASK)) {
      return bias;
    }
    float value = op.maskFilterValue() == null ? MASKED : op.maskFilterValue();
    Value open = open(e.x(MASK));
    Value x = e.x(0);
    Value off = open.where(x.scalar(0), x.scalar(value));
    return bias == null ? Fused.forQueries(off, x) : bias.add(off);
  }

  /** Which keys are open: those before a length, or where the mask is not 0. */
  private Value open(Value mask) {
    if (mask.shape().rank() > 1) {
      Value open = mask.eq(0).not();
      return mask.shape().rank() == 2 ? open.unsqueeze(1, 2) : open.unsqueeze(1);
    }
    Value total = Extents.axis(e.x(0), 1);
    if (e.has(PAST)) {
      total = total.add(Extents.axis(e.x(PAST), 3));
    }
    Value keys = Value.range(Fused.zero(), total.reshape(), Fused.one());
    return keys.lt(mask.cast(keys.element()).unsqueeze(1, 2, 3));
  }
}
