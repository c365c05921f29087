package dev.sardonyx.keras;

import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.config.Names;
import dev.sardonyx.nn.layers.Chain;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.Weight;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a model as Keras walks them when it saves weights: in the order of the
 * architecture, which is not the order in which they run.
 *
 * @param path where the weights are in a Keras 3 file: {@code layers/dense_1}
 * @param key the last part of that, behind the parent's: {@code layers/dense_1}, {@code cell}
 * @param name the layer's own name
 */
record LayerTree(String path, String key, String name, Layer layer, List<LayerTree> children) {
  /** Classes whose names in a path are not those in a configuration. */
  private static final Map<String, String> INTERNAL_NAMES =
      Map.of("GroupQueryAttention", "GroupedQueryAttention");

  /**
   * The tree of a model; its own path is empty.
   *
   * @param twice whether layers with weights count twice in paths, as TF-Keras 2.12 counted them
   */
  static LayerTree of(Map<String, Object> architecture, Model model, boolean twice) {
    return new Walk(twice).of("", "", String.valueOf(model.name()), model, architecture);
  }

  private record Walk(boolean twice) {

    LayerTree of(
        String parent, String key, String name, Layer layer, @Nullable Map<String, Object> json) {
      String path = below(parent, key);
      List<LayerTree> children =
          layer instanceof Model || layer instanceof Chain
              ? ofModel(path, layer, json)
              : ofParts(path, layer, json);
      return new LayerTree(path, key, name, layer, children);
    }

    private List<LayerTree> ofModel(String path, Layer model, @Nullable Map<String, Object> json) {
      List<LayerTree> children = new ArrayList<>();
      Map<String, Integer> counts = new LinkedHashMap<>();
      for (Object item : (List<?>) config(json).getOrDefault("layers", List.of())) {
        Map<String, Object> described = map(item);
        String module = String.valueOf(described.get("module"));
        if (module.startsWith("keras.src.ops")) {
          continue;
        }
        String className = String.valueOf(described.get("class_name"));
        String snake = Names.snakeCase(INTERNAL_NAMES.getOrDefault(className, className));
        String name = String.valueOf(described.getOrDefault("name", config(described).get("name")));
        Layer layer = model.parts().get(name);
        boolean counted = twice && layer != null && !layer.weights().isEmpty();
        int k = counts.getOrDefault(snake, 0);
        counts.put(snake, k + (counted ? 2 : 1));
        if (layer != null) {
          String key = k == 0 ? snake : snake + "_" + k;
          children.add(of(path, "layers/" + key, name, layer, described));
        }
      }
      return children;
    }

    private List<LayerTree> ofParts(String path, Layer layer, @Nullable Map<String, Object> json) {
      List<LayerTree> children = new ArrayList<>();
      layer
          .parts()
          .forEach(
              (key, part) -> {
                Object described = config(json).get(key);
                Map<String, Object> own = described instanceof Map<?, ?> ? map(described) : null;
                String name = part.name() == null ? key : part.name();
                children.add(of(path, key, name, part, own));
              });
      return children;
    }
  }

  private static String below(String path, String key) {
    return path.isEmpty() ? key : path + "/" + key;
  }

  private static Map<String, Object> config(@Nullable Map<String, Object> json) {
    return json != null && json.get("config") instanceof Map<?, ?> config ? map(config) : Map.of();
  }

  @SuppressWarnings("unchecked") // JSON's keys are strings
  private static Map<String, Object> map(Object json) {
    return (Map<String, Object>) json;
  }

  /** The weights of the layer itself, as Keras lists them: those that can train first. */
  List<Weight> own() {
    if (layer instanceof Model || layer instanceof Chain) {
      return List.of();
    }
    List<Weight> weights = new ArrayList<>(layer.weights());
    weights.sort((a, b) -> Boolean.compare(b.isVariable(), a.isVariable()));
    return weights;
  }

  /**
   * The weights that a Keras 3 file has of the layer itself. Layers that can be quantized or
   * adapted list them in the order of their making, without what LoRA adds, which is in the kernel.
   */
  List<Weight> stored() {
    if (layer instanceof Model || layer instanceof Chain) {
      return List.of();
    }
    boolean lora = layer.weights().stream().anyMatch(w -> w.name().startsWith("lora_"));
    if (!lora && layer.dtype().quantization() == null) {
      return own();
    }
    return layer.weights().stream().filter(w -> !w.name().startsWith("lora_")).toList();
  }

  /** The weights of the whole sub-tree: a layer's own before those of its children. */
  List<Weight> all() {
    List<Weight> weights = new ArrayList<>(own());
    for (LayerTree child : children) {
      child.all().stream().filter(w -> !weights.contains(w)).forEach(weights::add);
    }
    return weights;
  }
}
