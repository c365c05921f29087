package dev.sardonyx.nn;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.Weight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The weights of a model by name, {@code layer/kernel}, in the order of its layers. */
final class WeightStore {
  private final Map<String, Weight> byName = new LinkedHashMap<>();
  private final Map<Weight, String> names = new LinkedHashMap<>();
  private long seed;

  WeightStore(Map<String, Layer> layers) {
    layers.forEach(this::collect);
  }

  /** A weight that several layers hold is called by the first. */
  private void collect(String path, Layer layer) {
    if (!(layer instanceof Model)) {
      for (Weight weight : layer.weights()) {
        String own = layer.nameOf(weight, path);
        String name = byName.containsKey(own) ? path + "/" + weight.name() : own;
        if (names.putIfAbsent(weight, name) == null) {
          byName.put(name, weight);
        }
      }
    }
    layer
        .parts()
        .forEach((name, p) -> collect(path + "/" + (p.name() == null ? name : p.name()), p));
  }

  /** The weights by name. */
  Map<String, Weight> all() {
    return Collections.unmodifiableMap(byName);
  }

  String nameOf(Weight weight) {
    String name = names.get(weight);
    if (name == null) {
      throw new Diagnostic(
              "NN-063",
              "a layer uses a weight that the model does not know: " + weight,
              Location.current(),
              "weights: " + byName.keySet(),
              "add weights in build, and list layers inside your own layer in parts()")
          .exception();
    }
    return name;
  }

  /** Chooses the random numbers that weights begin with; those that have a value keep it. */
  void seed(long newSeed) {
    seed = newSeed;
  }

  long seed() {
    return seed;
  }

  /** Grows whenever a weight changes, whoever changes it. */
  long version() {
    byName.values().forEach(Weight::pull);
    return byName.values().stream().mapToLong(Weight::version).sum();
  }

  Tensor value(Weight weight) {
    return weight.value(() -> Seeds.stream(seed, nameOf(weight)));
  }

  Map<String, Tensor> values() {
    Map<String, Tensor> values = new LinkedHashMap<>();
    byName.forEach((name, weight) -> values.put(name, value(weight)));
    return values;
  }

  /** Sets all of {@code values}, or none: every name, shape and type is checked first. */
  void set(Map<String, Tensor> values) {
    List<String> problems = new ArrayList<>();
    values.forEach(
        (name, tensor) -> {
          Weight weight = byName.get(name);
          if (weight == null) {
            problems.add("there is no weight " + name);
          } else if (!tensor.type().equals(weight.type())) {
            problems.add("%s is %s, got %s".formatted(name, weight.type(), tensor.type()));
          }
        });
    if (!problems.isEmpty()) {
      throw mismatch(problems);
    }
    values.keySet().forEach(name -> byName.get(name).pull());
    values.forEach((name, tensor) -> byName.get(name).set(tensor));
  }

  private DiagnosticException mismatch(List<String> problems) {
    return new Diagnostic(
            "NN-064",
            "the weights do not fit the model: " + String.join("; ", problems),
            Location.current(),
            "weights: " + byName.values(),
            "give weights of these names and shapes")
        .exception();
  }
}
