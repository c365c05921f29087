package dev.sardonyx.nn.optimizers;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.optimizers.Optimizer.Variable;

/** Exponential moving means that begin at zero, as most optimizers keep them. */
final class Means {
  private Means() {}

  /** {@code beta · mean + (1 - beta) · value}. */
  static Value next(double beta, Value mean, Value value) {
    return mean.mul(beta).add(value.mul(1 - beta));
  }

  /** 1 - βᵗ: what the mean of ones has come to at this step. Division by it removes the bias. */
  static Value weight(double beta, Variable v) {
    return power(beta, v.step()).neg().add(1);
  }

  static Value power(double base, Value exponent) {
    return exponent.scalar(base).pow(exponent);
  }
}
