package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;

/**
 * The Kullback-Leibler divergence of predicted from true distributions along the last axis: Σ yTrue
 * · ln(yTrue / yPred), both moved into [1e-7, 1].
 */
public final class KLDivergence extends Loss {
  public static KLDivergence klDivergence() {
    return new KLDivergence();
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    Value truth = yTrue.clip(Scores.EPSILON, 1);
    Value guess = yPred.clip(Scores.EPSILON, 1);
    return truth.mul(truth.div(guess).log()).sum(false, -1);
  }
}
