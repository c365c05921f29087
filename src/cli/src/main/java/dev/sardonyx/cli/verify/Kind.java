package dev.sardonyx.cli.verify;

import java.util.Locale;

/** What can be asked of a case; a case of the ONNX layout may have both outputs and gradients. */
public enum Kind {
  /** A model's outputs for given inputs. */
  OUTPUTS,
  /** The gradient of a model. */
  GRADIENTS,
  /** Losses, metrics, optimizers, schedules, callbacks and whole steps of training. */
  TRAINING,
  /** Models that Keras saved. */
  KERAS;

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
