package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Allowed;
import dev.sardonyx.nn.config.Config;

/**
 * (1 - pᵠ) / q for the probability p of the right class along the last axis: between the
 * cross-entropy, as q goes to 0, and the absolute error, at 1. Zhang and Sabuncu 2018. Targets are
 * class numbers.
 */
public final class CategoricalGeneralizedCrossEntropy extends Loss {
  private double q = 0.5;

  public static CategoricalGeneralizedCrossEntropy categoricalGeneralizedCrossEntropy() {
    return new CategoricalGeneralizedCrossEntropy();
  }

  /** Between 0 and 1, and neither; ½ by default. */
  public CategoricalGeneralizedCrossEntropy q(double newQ) {
    if (!(newQ > 0 && newQ < 1)) {
      throw Allowed.refusal(this, "q", "between 0 and 1", newQ, "give a number in that range");
    }
    q = newQ;
    return this;
  }

  @Override
  public TensorType targetType(TensorType yPred) {
    return ClassNumbers.type(yPred, -1);
  }

  @Override
  public void checkTargets(Tensor targets, TensorType yPred) {
    ClassNumbers.check(targets, yPred, -1, null);
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    Value p = yPred.gatherElements(yTrue.unsqueeze(-1), -1).squeeze(-1);
    return p.pow(q).neg().add(1).div(q);
  }

  @Override
  public void configure(Config config) {
    super.configure(config);
    q(config.number("q", q));
  }
}
