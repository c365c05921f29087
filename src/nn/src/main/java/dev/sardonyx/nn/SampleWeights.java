package dev.sardonyx.nn;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much each sample counts: its own weight times its class's. */
final class SampleWeights {
  private SampleWeights() {}

  /** The samples' own weights, one float32 number each; null where none are given. */
  static @Nullable Tensor own(@Nullable Tensor own, List<Tensor> targets) {
    long rows = targets.get(0).dims()[0];
    if (own != null && own.size() != rows) {
      throw refuse(
          "NN-073",
          "there are %s sample weights for %s samples".formatted(own.size(), rows),
          "give one number for each sample");
    }
    return own == null ? null : Tensor.of(own.toFloatArray());
  }

  /** The samples' own weights times those of their classes; null where all count 1. */
  static @Nullable Tensor of(Fit options, List<Tensor> targets) {
    Tensor own = own(options.sampleWeight(), targets);
    if (options.classWeight().isEmpty()) {
      return own;
    }
    int rows = (int) targets.get(0).dims()[0];
    if (targets.size() > 1) {
      throw refuse(
          "NN-078",
          "class weights need a model of one output, this has " + targets.size(),
          "give sample weights instead");
    }
    float[] weights = new float[rows];
    for (int i = 0; i < rows; i++) {
      double weight = own == null ? 1 : own.getDouble(i);
      weights[i] =
          (float) (weight * options.classWeight().getOrDefault(label(targets.get(0), i), 1.0));
    }
    return Tensor.of(weights);
  }

  /**
   * The class of a sample: the target itself, or the place of a one-hot target's largest element.
   */
  private static long label(Tensor targets, int row) {
    int width = (int) (targets.size() / targets.dims()[0]);
    if (width == 1) {
      return (long) targets.getDouble(row);
    }
    if (targets.element() == ElementType.INT64 || targets.dims().length > 2) {
      throw refuse(
          "NN-078",
          "class weights need one class a sample, got targets " + targets.type(),
          "give sample weights instead");
    }
    int best = 0;
    for (int k = 1; k < width; k++) {
      if (targets.getDouble((long) row * width + k)
          > targets.getDouble((long) row * width + best)) {
        best = k;
      }
    }
    return best;
  }

  private static DiagnosticException refuse(String code, String message, String help) {
    return new Diagnostic(code, message, Location.current(), "fit", help).exception();
  }
}
