package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;

/** The mean of (ln(1 + yTrue) - ln(1 + yPred))² over the last axis; both count at least 1e-7. */
public final class MeanSquaredLogarithmicError extends Loss {
  public static MeanSquaredLogarithmicError meanSquaredLogarithmicError() {
    return new MeanSquaredLogarithmicError();
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    return log(yPred).sub(log(yTrue)).square().mean(false, -1);
  }

  private static Value log(Value x) {
    return x.max(Scores.EPSILON).add(1).log();
  }
}
