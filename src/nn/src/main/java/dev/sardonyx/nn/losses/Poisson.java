package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;

/** The mean of yPred - yTrue · ln(yPred + 1e-7) over the last axis, for counts. */
public final class Poisson extends Loss {
  public static Poisson poisson() {
    return new Poisson();
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    return yPred.sub(yTrue.mul(yPred.add(Scores.EPSILON).log())).mean(false, -1);
  }
}
