package dev.sardonyx.nn.constraints;

import dev.sardonyx.ir.Value;

/** Vectors have the length 1. */
public final class UnitNorm extends NormConstraint<UnitNorm> {
  /** For files; in code, {@link #unitNorm}. */
  UnitNorm() {}

  public static UnitNorm unitNorm() {
    return new UnitNorm();
  }

  @Override
  UnitNorm self() {
    return this;
  }

  @Override
  Value wanted(Value norm) {
    return norm.scalar(1);
  }
}
