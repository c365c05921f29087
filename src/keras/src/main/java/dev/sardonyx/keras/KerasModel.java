package dev.sardonyx.keras;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.layers.HasAssets;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.Weight;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A model on its way into a file of Keras. */
final class KerasModel {
  /** What the files say wrote them: the version whose formats they are in. */
  private static final String VERSION = "3.15.1";

  /** The same model gives the same bytes on every day. */
  private static final String DATE = "1980-01-01@00:00:00";

  private final Model model;
  private final LayerTree tree;
  private final Map<String, Object> architecture;

  KerasModel(Model model) {
    this.model = model;
    this.architecture = Downgrade.forKeras(model.serialize());
    this.tree = LayerTree.of(architecture, model, false);
    // Draws what has no value yet.
    model.weightValues();
  }

  void write(Path file) {
    if (String.valueOf(file.getFileName()).endsWith(".h5")) {
      Map<String, byte[]> vocabularies = new LinkedHashMap<>();
      assets(tree, vocabularies);
      Downgrade.requireHdf5(architecture, vocabularies.keySet());
      KerasWriter.writeHdf5(file, Downgrade.forHdf5(architecture), VERSION, null, named());
    } else {
      Map<String, Object> metadata = new LinkedHashMap<>();
      metadata.put("keras_version", VERSION);
      metadata.put("date_saved", DATE);
      Map<String, byte[]> assets = new LinkedHashMap<>();
      assets(tree, assets);
      KerasWriter.writeArchive(file, architecture, metadata, objects(), assets);
    }
  }

  // --- Keras 3's tree ---

  private WeightTree objects() {
    WeightTree weights = new WeightTree();
    Set<Layer> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    visit(tree, weights, seen);
    return weights;
  }

  /** An object that is met twice is stored where it is met first. */
  private static void visit(LayerTree tree, WeightTree weights, Set<Layer> seen) {
    if (!seen.add(tree.layer())) {
      return;
    }
    List<Tensor> vars = tree.stored().stream().map(weight -> merged(weight, tree)).toList();
    Map<String, Tensor> named =
        tree.layer() instanceof HasAssets layer ? layer.namedVariables() : Map.of();
    weights.add(tree.path(), tree.name(), vars, named);
    tree.children().forEach(child -> visit(child, weights, seen));
  }

  /** A kernel as Keras stores it: with what LoRA adds. */
  private static Tensor merged(Weight weight, LayerTree tree) {
    return tree.layer().merged(weight);
  }

  // --- HDF5 ---

  private NamedTensors named() {
    NamedTensors named = new NamedTensors();
    for (LayerTree child : tree.children()) {
      Map<String, Tensor> weights = new LinkedHashMap<>();
      List<Weight> all = new ArrayList<>(child.all());
      all.sort((a, b) -> Boolean.compare(b.isTrainable(), a.isTrainable()));
      for (Weight weight : all) {
        weights.put(child.name() + "/" + weights.size() + "/" + weight.name(), value(weight));
      }
      named.add(child.name(), weights);
    }
    return named;
  }

  private static Tensor value(Weight weight) {
    return weight.value(
        () -> {
          throw new IllegalStateException(weight + " has no value");
        });
  }

  private static void assets(LayerTree tree, Map<String, byte[]> assets) {
    if (tree.layer() instanceof HasAssets layer) {
      layer
          .assets()
          .forEach((name, bytes) -> assets.put("assets/" + tree.path() + "/" + name, bytes));
    }
    tree.children().forEach(child -> assets(child, assets));
  }

  /** The model itself, for messages. */
  @Override
  public String toString() {
    return String.valueOf(model.name());
  }
}
