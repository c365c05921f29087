package dev.sardonyx.ir;

import dev.sardonyx.ir.type.ElementType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attention in matrix products and a softmax. The order of the steps is the standard's. */
final class AttentionExpansion {
  private final Attending.Attention op;
  private final Expansion e;
  private final Scores scores;
  private final Value keys;
  private final Value values;

  private AttentionExpansion(Expansion e, Attending.Attention op) {
    this.e = e;
    this.op = op;
    this.keys = present(4, apart(e.x(1), op.kvNumHeads()));
    this.values = present(5, apart(e.x(2), op.kvNumHeads()));
    this.scores = new Scores(apart(e.x(0), op.qNumHeads()), keys, op.scale());
  }

  /** The results; null where the rank of an input is not known. */
  static @Nullable List<@Nullable Value> of(Expansion e, Attending.Attention op) {
    for (int i = 0; i < 4; i++) {
      if (e.has(i) && !e.shape(i).isRanked()) {
        return null;
      }
    }
    return new AttentionExpansion(e, op).results();
  }

  private List<@Nullable Value> results() {
    ElementType element = e.element(0);
    Value raw = scores.product();
    Value capped = op.softcap() == 0 ? raw : raw.div(op.softcap()).tanh().mul(op.softcap());
    AttentionBias bias = AttentionBias.of(e, op, scores.queries(), keys);
    Value masked = bias == null ? capped : capped.add(bias.finite());
    ElementType precision = op.softmaxPrecision() == null ? element : op.softmaxPrecision();
    Value soft = Value.of(new Normalization.Softmax(-1), masked.cast(precision)).cast(element);
    Value shares = bias == null ? soft : bias.withoutClosedRows(soft);
    Value shown =
        switch ((int) op.qkMatmulOutputMode()) {
          case 0 -> raw;
          case 1 -> capped;
          case 2 -> bias == null || !e.wants(3) ? capped : capped.add(bias.all());
          default -> shares;
        };
    Value y = scores.weigh(shares, values.cast(element));
    List<@Nullable Value> all = new ArrayList<>(Arrays.asList(together(y), keys, values, shown));
    return all.subList(0, e.outputs());
  }

  /** [N,S,H·E] as [N,H,S,E]; that itself as it is. */
  private static Value apart(Value x, @Nullable Long heads) {
    return x.shape().rank() == 4 || heads == null
        ? x
        : x.reshape(0, 0, heads, -1).transpose(0, 2, 1, 3);
  }

  private Value together(Value y) {
    return e.shape(0).rank() == 4 ? y : y.transpose(0, 2, 1, 3).reshape(0, 0, -1);
  }

  private Value present(int past, Value added) {
    return e.has(past) ? Value.concat(2, e.x(past), added) : added;
  }
}
