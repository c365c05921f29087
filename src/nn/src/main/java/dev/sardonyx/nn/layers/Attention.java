package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.initializers.Ones;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dot-product attention without projections, Luong et al. 2015; not scaled by default. */
public final class Attention extends ScoredAttention<Attention> {
  /** How scores are made. */
  public enum ScoreMode {
    /** query · key. */
    DOT,
    /** The sum of tanh(query + key), times a weight. */
    CONCAT
  }

  private ScoreMode scoreMode = ScoreMode.DOT;
  private @Nullable Weight scale;
  private @Nullable Weight concatScoreWeight;

  Attention() {
    super(false);
  }

  public static Attention attention() {
    return new Attention();
  }

  @Override
  Attention self() {
    return this;
  }

  /** How scores are made; as dot products by default. */
  public Attention scoreMode(ScoreMode mode) {
    scoreMode = mode;
    return this;
  }

  @Override
  protected void build(List<TensorType> inputs) {
    if (usesScale()) {
      scale = addWeight("scale", Ones.ones(), null, true);
    }
    if (scoreMode == ScoreMode.CONCAT) {
      concatScoreWeight = addWeight("concat_score_weight", Ones.ones(), null, true);
    }
  }

  @Override
  Value scores(Call call, Value query, Value key) {
    if (scoreMode == ScoreMode.DOT) {
      int rank = key.shape().rank();
      Value dots = query.matMul(Axes.move(key, rank - 1, rank - 2));
      return scale == null ? dots : dots.mul(weight(call, scale, dots));
    }
    Value sum = query.unsqueeze(-2).add(key.unsqueeze(-3));
    Value scaled = scale == null ? sum : sum.mul(weight(call, scale, sum));
    Value added = scaled.tanh().sum(false, -1);
    return concatScoreWeight == null ? added : added.mul(weight(call, concatScoreWeight, added));
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    scoreMode = config.choice("score_mode", scoreMode);
  }
}
