package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.initializers.GlorotUniform;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Attention whose scores are sums of tanh(query + key), each feature times a weight by default,
 * Bahdanau et al. 2015.
 */
public final class AdditiveAttention extends ScoredAttention<AdditiveAttention> {
  private @Nullable Weight scale;

  AdditiveAttention() {
    super(true);
  }

  public static AdditiveAttention additiveAttention() {
    return new AdditiveAttention();
  }

  @Override
  AdditiveAttention self() {
    return this;
  }

  @Override
  protected void build(List<TensorType> inputs) {
    if (usesScale()) {
      TensorType query = inputs.get(0);
      int rank = Axes.rankAtLeast(this, query, 2);
      long width = Axes.extent(this, query, rank - 1);
      scale = addWeight("scale", GlorotUniform.glorotUniform(), null, true, width);
    }
  }

  @Override
  Value scores(Call call, Value query, Value key) {
    Value sum = query.unsqueeze(-2).add(key.unsqueeze(-3)).tanh();
    return (scale == null ? sum : sum.mul(weight(call, scale, sum))).sum(false, -1);
  }
}
