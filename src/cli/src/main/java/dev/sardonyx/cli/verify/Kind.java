package dev.sardonyx.cli.verify;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** What can be asked of a case; a case of the ONNX layout may have both outputs and gradients. */
public enum Kind {
  /** A model's outputs for given inputs. */
  OUTPUTS,
  /** The gradient of a model. */
  GRADIENTS,
  /** Losses, metrics, optimizers, schedules, callbacks and whole steps of training. */
  TRAINING,
  /** Models that Keras saved. */
  KERAS,
  /** A model's gradient against central differences of the model itself. */
  DIFFERENCES;

  /** What is asked of cases unless something else is: all that others have computed. */
  public static Set<Kind> usual() {
    return EnumSet.complementOf(EnumSet.of(DIFFERENCES));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
