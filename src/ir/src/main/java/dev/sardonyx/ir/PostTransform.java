package dev.sardonyx.ir;

import dev.sardonyx.ir.type.ElementType;
import org.jspecify.annotations.Nullable;

/** What becomes of a row of scores. */
public enum PostTransform {
  NONE,
  /** exp(xᵢ) / Σ exp(xⱼ). */
  SOFTMAX,
  /** 1 / (1 + exp(-x)). */
  LOGISTIC,
  /** Softmax over the scores that are not 0; the others stay. */
  SOFTMAX_ZERO,
  /** The inverse of the normal distribution's cumulative function. */
  PROBIT;

  /** The scores [N,E] transformed; null where that cannot be said in standard operators. */
  @Nullable Value of(Value scores) {
    return switch (this) {
      case NONE -> scores;
      case SOFTMAX -> scores.softmax(-1);
      case LOGISTIC -> scores.sigmoid();
      case SOFTMAX_ZERO, PROBIT -> null;
    };
  }

  /** Scores are float32, whatever they are made of. */
  static final ElementType ELEMENT = ElementType.FLOAT32;
}
