package dev.sardonyx.nn.metrics;

import dev.sardonyx.nn.losses.LogCosh;

/** The mean of ln cosh(yPred - yTrue). */
public final class LogCoshError extends LossMetric {
  LogCoshError() {
    super(new LogCosh());
    named("logcosh");
  }

  public static LogCoshError logCoshError() {
    return new LogCoshError();
  }
}
