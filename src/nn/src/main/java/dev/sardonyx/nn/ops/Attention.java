package dev.sardonyx.nn.ops;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import java.util.List;

/** Scaled dot-product attention on [batch, length, heads, size]. */
final class Attention {
  private Attention() {}

  static Value of(OpCall call) {
    List<Value> all =
        Promotion.together(
            call, List.of(call.value("query"), call.value("key"), call.value("value")));
    Value query = all.get(0).transpose(0, 2, 1, 3);
    long heads = Sizes.fixed(call, query, 1);
    Value key = spread(call, all.get(1).transpose(0, 2, 3, 1), heads);
    Value value = spread(call, all.get(2).transpose(0, 2, 1, 3), heads);
    double scale =
        call.has("scale") ? call.number("scale") : 1 / Math.sqrt(Sizes.fixed(call, query, 3));
    Value scores = query.matMul(key).cast(ElementType.FLOAT32).mul(scale);
    if (call.has("bias")) {
      scores = scores.add(call.value("bias").cast(scores.element()));
    }
    if (call.has("attn_logits_soft_cap")) {
      double cap = call.number("attn_logits_soft_cap");
      scores = scores.div(cap).tanh().mul(cap);
    }
    Value shares = masked(call, scores).softmax(-1).cast(query.element());
    return shares.matMul(value).transpose(0, 2, 1, 3);
  }

  /** Each head of keys serves as many heads of queries. */
  private static Value spread(OpCall call, Value x, long heads) {
    long own = Sizes.fixed(call, x, 1);
    if (own == heads || own == 1) {
      return x;
    }
    Value tiled = x.unsqueeze(2).tile(1, 1, heads / own, 1, 1);
    return Sizes.reshape(tiled, Sizes.of(x, 0), heads, Sizes.of(x, 2), Sizes.of(x, 3));
  }

  private static Value masked(OpCall call, Value scores) {
    Value result = scores;
    Value least = scores.scalar(-0.7 * Float.MAX_VALUE);
    if (call.has("mask")) {
      result = Promotion.truth(call.value("mask")).where(result, least);
    }
    if (call.flag("is_causal")) {
      Value rows = Sizes.range(Sizes.scalar(scores, 2)).unsqueeze(1);
      Value columns = Sizes.range(Sizes.scalar(scores, 3)).unsqueeze(0);
      result = columns.le(rows).where(result, least);
    }
    return result;
  }
}
