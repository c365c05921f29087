package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;

/**
 * The mean of ln cosh(yPred - yTrue) over the last axis: half the square of small errors, the
 * magnitude of large ones.
 */
public final class LogCosh extends Loss {
  public static LogCosh logCosh() {
    return new LogCosh();
  }

  @Override
  protected Value call(Value yTrue, Value yPred) {
    Value error = yPred.sub(yTrue);
    return error.add(error.mul(-2).softplus()).sub(Math.log(2)).mean(false, -1);
  }
}
