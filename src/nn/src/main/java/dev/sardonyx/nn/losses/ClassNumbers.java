package dev.sardonyx.nn.losses;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Targets that are the numbers of classes, counted from 0. */
final class ClassNumbers {
  private ClassNumbers() {}

  /** int64, of the predictions' shape without the axis of the classes. */
  static TensorType type(TensorType yPred, long axis) {
    if (!yPred.shape().isRanked()) {
      return new TensorType(ElementType.INT64, Shape.UNRANKED);
    }
    List<Dim> dims = new ArrayList<>(yPred.shape().dims());
    dims.remove(Math.floorMod(axis, dims.size()));
    return new TensorType(ElementType.INT64, Shape.of(dims));
  }

  /** Refuses numbers that are no class; the ignored one is free. */
  static void check(Tensor targets, TensorType yPred, long axis, @Nullable Long ignoreClass) {
    Dim classes = yPred.shape().isRanked() ? yPred.shape().dim((int) axis) : Dim.UNKNOWN;
    LongBuffer labels = targets.longs();
    for (int i = 0; classes.isFixed() && i < labels.limit(); i++) {
      long label = labels.get(i);
      boolean ignored = ignoreClass != null && label == ignoreClass;
      if (!ignored && (label < 0 || label >= classes.value())) {
        throw new Diagnostic(
                "NN-038",
                "there are %s classes, got the class number %s".formatted(classes, label),
                Location.current(),
                "targets: %s, element %s is %s   predictions: %s"
                    .formatted(targets.type(), i, label, yPred),
                "classes are counted from 0; the last layer needs as many units as there are")
            .exception();
      }
    }
  }
}
