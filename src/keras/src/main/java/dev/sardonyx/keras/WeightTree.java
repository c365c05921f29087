package dev.sardonyx.keras;

import dev.sardonyx.ir.type.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Weights to be written in the layout of Keras 3: the variables of each object, by its path ({@code
 * layers/dense}). Objects without variables may be named too; Keras writes empty groups for them.
 */
public final class WeightTree {
  private final Map<String, Owner> owners = new LinkedHashMap<>();

  record Owner(@Nullable String name, List<Tensor> vars, Map<String, Tensor> named) {}

  /**
   * Adds an object.
   *
   * @param path slashes between its names; {@code ""} is the model itself
   * @param name the layer's name, which Keras notes beside the variables, or null
   * @return this
   * @throws IllegalArgumentException for a path that was added before, or is none
   */
  public WeightTree add(String path, @Nullable String name, List<Tensor> vars) {
    return add(path, name, vars, Map.of());
  }

  /** Adds an object that keeps some variables under names instead of numbers. */
  public WeightTree add(
      String path, @Nullable String name, List<Tensor> vars, Map<String, Tensor> named) {
    for (String part : path.split("/", -1)) {
      if (part.isEmpty() && !path.isEmpty()
          || part.equals(".")
          || part.equals("..")
          || part.equals("vars")) {
        throw new IllegalArgumentException("\"" + path + "\" is no path of an object");
      }
    }
    if (owners.putIfAbsent(path, new Owner(name, List.copyOf(vars), Map.copyOf(named))) != null) {
      throw new IllegalArgumentException("there are variables at " + path + " already");
    }
    return this;
  }

  Map<String, Owner> owners() {
    return owners;
  }
}
