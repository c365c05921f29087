package dev.sardonyx.keras;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.layers.HasAssets;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.Weight;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives a model the weights of a file: all of them, or none and one refusal that lists whatever
 * does not fit.
 */
final class WeightAssignment {
  private final KerasFile file;
  private final Map<Weight, Dataset> found = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private WeightAssignment(KerasFile file) {
    this.file = file;
  }

  static void assign(KerasFile file, LayerTree model) {
    WeightAssignment assignment = new WeightAssignment(file);
    Weights weights = file.weights();
    if (weights == null) {
      return;
    }
    if (weights instanceof ObjectWeights objects) {
      assignment.objects(objects, model);
    } else if (weights instanceof NamedWeights named) {
      assignment.named(named, model);
    }
    assignment.finish(model);
    assignment.assets(model);
  }

  // --- Keras 3 ---

  private void objects(ObjectWeights weights, LayerTree model) {
    Set<String> asked = new LinkedHashSet<>();
    visit(weights, model, "", asked);
    for (String path : weights.paths()) {
      if (path.startsWith("layers/") && !asked.contains(path)) {
        problems.add(
            "the file has weights for %s, which the architecture does not have".formatted(path));
      }
    }
  }

  private void visit(ObjectWeights weights, LayerTree tree, String path, Set<String> asked) {
    asked.add(path);
    List<Dataset> data = weights.vars(path);
    // An object that is met twice is stored where Keras met it first.
    if (!data.isEmpty()) {
      match(path, tree.stored(), data);
    }
    for (LayerTree child : tree.children()) {
      visit(weights, child, path(weights, path, child.key()), asked);
    }
  }

  /** Whether an attribute of a layer is private, Keras's versions do not agree. */
  private static String path(ObjectWeights weights, String parent, String key) {
    String own = parent.isEmpty() ? key : parent + "/" + key;
    String other = key.startsWith("_") ? key.substring(1) : "_" + key;
    String alternative = parent.isEmpty() ? other : parent + "/" + other;
    return !weights.has(own) && weights.has(alternative) ? alternative : own;
  }

  // --- HDF5 of whole models, Keras 1 and 2 ---

  private void named(NamedWeights weights, LayerTree model) {
    Map<String, LayerTree> byName = new LinkedHashMap<>();
    model.children().forEach(child -> byName.put(child.name(), child));
    for (NamedWeights.Layer stored : weights.layers()) {
      LayerTree tree = byName.get(stored.name());
      List<Dataset> data = stored.weights().stream().map(NamedWeights.Weight::data).toList();
      if (tree != null) {
        match(stored.name(), trainableFirst(tree.all()), data);
      } else if (!data.isEmpty()) {
        problems.add(
            "the file has weights for %s, which the architecture does not have"
                .formatted(stored.name()));
      }
    }
  }

  private static List<Weight> trainableFirst(List<Weight> weights) {
    List<Weight> sorted = new ArrayList<>(weights);
    sorted.sort((a, b) -> Boolean.compare(b.isTrainable(), a.isTrainable()));
    return sorted;
  }

  // --- both ---

  private void match(String where, List<Weight> weights, List<Dataset> data) {
    if (weights.size() != data.size()) {
      problems.add(
          "%s has %s weights in the file %s and needs %s: %s"
              .formatted(where, data.size(), data, weights.size(), weights));
      return;
    }
    for (int i = 0; i < data.size(); i++) {
      Weight weight = weights.get(i);
      Dataset given = data.get(i);
      TensorType type = TensorType.of(given.element(), given.dims());
      if (!type.shape().equals(weight.type().shape())) {
        problems.add("%s: %s needs %s, got %s".formatted(where, weight.name(), weight, given));
      } else {
        found.putIfAbsent(weight, given);
      }
    }
  }

  private void finish(LayerTree model) {
    if (problems.isEmpty()) {
      requireAll(model, Collections.newSetFromMap(new IdentityHashMap<>()));
    }
    if (!problems.isEmpty()) {
      throw new Diagnostic(
              "KERAS-040",
              "the weights do not fit the architecture: " + String.join("; ", problems),
              Location.current(),
              "file: " + file.name(),
              "save architecture and weights from the same model")
          .exception();
    }
    found.forEach((weight, data) -> weight.set(cast(data.read(), weight.element())));
  }

  private void requireAll(LayerTree tree, Set<Layer> seen) {
    if (seen.add(tree.layer())) {
      for (Weight weight : tree.stored()) {
        if (!found.containsKey(weight)) {
          problems.add("%s lacks %s in the file".formatted(tree.name(), weight));
        }
      }
      tree.children().forEach(child -> requireAll(child, seen));
    }
  }

  private static Tensor cast(Tensor tensor, ElementType element) {
    return tensor.element() == element
        ? tensor
        : Tensor.from(element, tensor.toDoubleArray(), tensor.dims());
  }

  // --- assets ---

  private void assets(LayerTree tree) {
    if (tree.layer() instanceof HasAssets layer) {
      if (file.weights() instanceof ObjectWeights weights) {
        weights.named(tree.path()).forEach((name, data) -> layer.namedVariable(name, data.read()));
      }
      String prefix = "assets/" + tree.path() + "/";
      for (String name : file.assets()) {
        byte @Nullable [] bytes = name.startsWith(prefix) ? file.asset(name) : null;
        if (bytes != null && name.indexOf('/', prefix.length()) < 0) {
          layer.asset(name.substring(prefix.length()), bytes);
        }
      }
    }
    tree.children().forEach(this::assets);
  }
}
