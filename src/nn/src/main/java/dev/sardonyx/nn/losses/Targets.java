package dev.sardonyx.nn.losses;

import static dev.sardonyx.ir.type.ElementType.FLOAT32;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;

/** Targets and predictions as a loss takes them: aligned, converted, and of fitting shapes. */
record Targets(Value yTrue, Value yPred) {
  static Targets of(Loss loss, Value yTrue, Value yPred) {
    Aligned aligned = Aligned.of(yTrue, yPred.cast(FLOAT32));
    TensorType wanted = loss.targetType(aligned.second().tensorType());
    Value targets = withoutColumn(aligned.first(), wanted.shape());
    if (!fits(targets.shape(), wanted.shape())) {
      throw misfit(loss, wanted, yTrue, yPred);
    }
    return new Targets(targets.cast(wanted.element()), aligned.second());
  }

  /** Class numbers may stand in a column of their own. */
  private static Value withoutColumn(Value targets, Shape wanted) {
    Shape shape = targets.shape();
    boolean column =
        shape.isRanked()
            && wanted.isRanked()
            && shape.rank() == wanted.rank() + 1
            && shape.dim(-1).is(1);
    return column ? targets.squeeze(-1) : targets;
  }

  private static boolean fits(Shape given, Shape wanted) {
    if (!given.isRanked() || !wanted.isRanked()) {
      return true;
    }
    if (given.rank() != wanted.rank()) {
      return false;
    }
    for (int i = 0; i < given.rank(); i++) {
      Dim a = given.dim(i);
      Dim b = wanted.dim(i);
      if (a.isFixed() && b.isFixed() && !a.equals(b)) {
        return false;
      }
    }
    return true;
  }

  private static DiagnosticException misfit(
      Loss loss, TensorType wanted, Value yTrue, Value yPred) {
    return new Diagnostic(
            "NN-030",
            "%s needs targets of the type %s, got %s"
                .formatted(loss.className(), wanted, yTrue.type()),
            Location.current(),
            "targets: %s   predictions: %s".formatted(yTrue.type(), yPred.type()),
            "give targets of that shape, or another loss: class numbers are for"
                + " SparseCategoricalCrossentropy, one-hot rows for CategoricalCrossentropy")
        .exception();
  }
}
