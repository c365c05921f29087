package dev.sardonyx.runtime;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Holds the given tensors against what a model takes, before native code sees them. */
final class InputCheck {
  /** The size that a symbol has in this run, and the input that said so. */
  record Bound(long size, String input) {}

  private InputCheck() {}

  /**
   * Refuses what does not fit (RT-010 to RT-015).
   *
   * @param taken what the model takes, by name
   * @param given the values
   * @param known sizes that are already bound
   * @return the size of every symbolic dimension, {@code known} included
   */
  static Map<Dim, Bound> check(
      Map<String, TensorType> taken, Map<String, Tensor> given, Map<Dim, Bound> known) {
    for (String name : given.keySet()) {
      if (!taken.containsKey(name)) {
        throw InputRefusal.unknown(name, given, taken);
      }
    }
    Map<Dim, Bound> sizes = new HashMap<>(known);
    taken.forEach(
        (name, type) -> {
          Tensor tensor = given.get(name);
          if (tensor == null) {
            throw InputRefusal.missing(name, given, taken);
          }
          check(name, tensor, taken, sizes);
        });
    return sizes;
  }

  private static void check(
      String name, Tensor tensor, Map<String, TensorType> taken, Map<Dim, Bound> sizes) {
    TensorType type = taken.get(name);
    if (tensor.element() != type.element()) {
      throw InputRefusal.element(name, tensor, type, taken);
    }
    List<Dim> wanted = type.shape().dims();
    List<Dim> dims = tensor.shape().dims();
    // ONNX Runtime reports a scalar and a tensor of unknown rank alike.
    if (wanted.isEmpty()) {
      return;
    }
    if (wanted.size() != dims.size()) {
      throw InputRefusal.rank(name, tensor, type, taken);
    }
    for (int axis = 0; axis < wanted.size(); axis++) {
      Dim dim = wanted.get(axis);
      long size = dims.get(axis).value();
      if (dim.isFixed()) {
        if (dim.value() != size) {
          throw InputRefusal.size(name, tensor, type, axis, taken);
        }
      } else if (!dim.isUnknown()) {
        Bound bound = sizes.putIfAbsent(dim, new Bound(size, name));
        if (bound != null && bound.size() != size) {
          throw InputRefusal.symbol(dim, bound, name, tensor, size, taken);
        }
      }
    }
  }

  /** {@code shape} with the sizes put in, or null if they do not say all of it. */
  static long @Nullable [] resolve(Shape shape, Map<Dim, Bound> sizes) {
    List<Dim> dims = shape.dims();
    long[] resolved = new long[dims.size()];
    for (int axis = 0; axis < resolved.length; axis++) {
      Dim dim = dims.get(axis);
      Bound bound = dim.isFixed() ? new Bound(dim.value(), "") : sizes.get(dim);
      if (bound == null) {
        return null;
      }
      resolved[axis] = bound.size();
    }
    return resolved.length == 0 ? null : resolved;
  }
}
