package dev.sardonyx.nn.layers;

import dev.sardonyx.ir.Node;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.Walk;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The batch of an imported network: its file may have been written for a batch of one size, and
 * then counts on that size in places that nothing marks.
 */
final class ImportedBatch {
  private ImportedBatch() {}

  /** Why a network that takes {@code declared} does not take {@code given}; null if it does. */
  static @Nullable String mismatch(TensorType declared, TensorType given) {
    if (declared.element() != given.element()) {
      return "elements are " + given.element();
    }
    if (!declared.shape().isRanked() || !given.shape().isRanked()) {
      return null;
    }
    if (declared.shape().rank() != given.shape().rank()) {
      return "there are %s axes".formatted(given.shape().rank());
    }
    for (int axis = 1; axis < declared.shape().rank(); axis++) {
      Dim wanted = declared.shape().dim(axis);
      Dim extent = given.shape().dim(axis);
      if (wanted.isFixed() && !extent.provablySame(wanted)) {
        return "axis %s is %s".formatted(axis, extent);
      }
    }
    return null;
  }

  /** Whether the file says how many samples there are, and {@code given} says something else. */
  static boolean changes(TensorType declared, TensorType given) {
    Shape shape = declared.shape();
    return shape.isRanked()
        && shape.rank() > 0
        && shape.dim(0).isFixed()
        && !shape.dim(0).provablySame(given.shape().dim(0));
  }

  /**
   * A value that depends on {@code data} and has no axis of the batch's extent: its operator has
   * mixed samples, or counts on a number of them. Null if every value has one.
   */
  static @Nullable Value without(Dim batch, List<Value> data, List<Value> outputs) {
    Set<Value> dependent = new HashSet<>(data);
    for (Node node : Walk.topological(outputs)) {
      if (node.inputs().stream().noneMatch(dependent::contains)) {
        continue;
      }
      for (Value value : node.outputs()) {
        boolean floats = value.type() instanceof TensorType type && type.element().isFloat();
        if (floats && value.shape().isRanked() && !value.shape().dims().contains(batch)) {
          return value;
        }
        dependent.add(value);
      }
    }
    return outputs.stream()
        .filter(v -> !v.shape().isRanked() || v.shape().rank() == 0)
        .findFirst()
        .orElse(null);
  }
}
