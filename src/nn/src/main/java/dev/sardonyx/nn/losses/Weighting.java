package dev.sardonyx.nn.losses;

import static dev.sardonyx.ir.type.ElementType.FLOAT32;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.nn.losses.Loss.Reduction;
import org.jspecify.annotations.Nullable;

/** From losses and weights of samples to one number. Source: Keras's losses/loss.py. */
final class Weighting {
  private Weighting() {}

  /**
   * The weights, 0 where the mask is not set. For a mean the others grow, so that it is one over
   * the elements that count.
   */
  static Value masked(@Nullable Value weights, Value mask, Reduction reduction) {
    Value counted = mask.cast(FLOAT32);
    if (reduction == Reduction.MEAN || reduction == Reduction.SUM_OVER_BATCH_SIZE) {
      counted = quotientOrZero(counted, counted.mean());
    }
    if (weights == null) {
      return counted;
    }
    Aligned aligned = Aligned.of(counted, weights);
    return aligned.first().mul(aligned.second());
  }

  static Value reduce(Value values, @Nullable Value weights, Reduction reduction) {
    if (weights != null) {
      Aligned aligned = Aligned.of(values, weights);
      values = aligned.first().mul(fitting(aligned.second(), aligned.first()));
      weights = aligned.second();
    }
    if (reduction == Reduction.NONE || values.shape().equals(Shape.SCALAR)) {
      return values;
    }
    if (reduction == Reduction.SUM) {
      return values.sum();
    }
    return reduction == Reduction.MEAN_WITH_SAMPLE_WEIGHT && weights != null
        ? quotientOrZero(values.sum(), weights.sum())
        : values.mean();
  }

  /** NumPy's broadcasting would lay a vector of the samples' weights along the last axis. */
  private static Value fitting(Value weights, Value values) {
    Shape given = weights.shape();
    Shape wanted = values.shape();
    if (given.isRanked() && wanted.isRanked() && given.rank() > 0 && given.rank() < wanted.rank()) {
      throw new Diagnostic(
              "NN-031",
              "sample weights of the shape %s do not fit losses of the shape %s"
                  .formatted(given, wanted),
              Location.current(),
              "sample weights: %s   losses: %s".formatted(weights.type(), values.type()),
              "give the weights as many axes as the losses have; an axis of 1 broadcasts")
          .exception();
    }
    return weights;
  }

  /** {@code a / b}, and 0 where b is 0. */
  private static Value quotientOrZero(Value a, Value b) {
    Value none = b.eq(0);
    return none.where(b.scalar(0), a.div(none.where(b.scalar(1), b)));
  }
}
