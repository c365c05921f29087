package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Dim;

/** Targets made less certain by a part in [0, 1]. */
final class Smoothing {
  private Smoothing() {}

  /** Moves answers towards ½. */
  static Value binary(Value yTrue, double smoothing) {
    return smoothing == 0 ? yTrue : yTrue.mul(1 - smoothing).add(0.5 * smoothing);
  }

  /**
   * Moves rows towards equal probabilities; as in Keras, the classes are those of the last axis.
   */
  static Value categorical(Value yTrue, double smoothing) {
    if (smoothing == 0) {
      return yTrue;
    }
    Dim classes = yTrue.shape().dim(-1);
    if (!classes.isFixed()) {
      throw new Diagnostic(
              "NN-014",
              "label_smoothing needs to know the number of classes, got " + classes,
              Location.current(),
              "targets: " + yTrue.type(),
              "give targets whose last axis has a fixed extent")
          .exception();
    }
    return yTrue.mul(1 - smoothing).add(smoothing / classes.value());
  }
}
