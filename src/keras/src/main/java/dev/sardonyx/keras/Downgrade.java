package dev.sardonyx.keras;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Takes out of an architecture what only we say, and refuses what Keras cannot load. */
final class Downgrade {
  /** Layers that Keras 3 does not have. */
  private static final Set<String> OURS =
      Set.of("Maxout", "OnnxLayer", "LocallyConnected1D", "LocallyConnected2D");

  /** Layers that Keras writes into HDF5 and does not find, or takes for something else. */
  private static final Set<String> NOT_IN_HDF5 =
      Set.of("Attention", "GroupQueryAttention", "LayerScale", "CustomScaleLayer");

  private Downgrade() {}

  static Map<String, Object> forKeras(Map<String, Object> architecture) {
    List<String> problems = new ArrayList<>();
    Map<String, Object> result = object(architecture, problems);
    finish(problems, "Keras 3 does not have them: ", "replace them, or export to ONNX");
    return result;
  }

  private static void finish(List<String> problems, String why, String help) {
    if (!problems.isEmpty()) {
      throw new Diagnostic(
              "KERAS-043",
              "the model cannot be saved for Keras: " + why + String.join("; ", problems),
              Location.current(),
              "%s problems".formatted(problems.size()),
              help)
          .exception();
    }
  }

  private static Map<String, Object> object(Map<String, Object> given, List<String> problems) {
    Map<String, Object> object = new LinkedHashMap<>();
    given.forEach((key, value) -> object.put(key, value(value, problems)));
    object.remove("sardonyx_type");
    Object className = object.get("class_name");
    if (className != null && OURS.contains(className)) {
      problems.add("the layer %s (%s)".formatted(object.get("name"), className));
    } else if ("ThresholdedReLU".equals(className)
        && object.get("config") instanceof Map<?, ?> own) {
      Map<String, Object> config = Upgrade.strings(own);
      config.put("threshold", config.remove("theta"));
      object.put("class_name", "ReLU");
      object.put("config", config);
    }
    return object;
  }

  private static @Nullable Object value(@Nullable Object value, List<String> problems) {
    if (value instanceof Map<?, ?> map) {
      return object(Upgrade.strings(map), problems);
    }
    if (value instanceof List<?> list) {
      List<Object> items = new ArrayList<>();
      list.forEach(item -> items.add(value(item, problems)));
      return items;
    }
    if ("keras2_hard_sigmoid".equals(value)) {
      problems.add("the activation hard_sigmoid of Keras 2");
    }
    return value;
  }

  // --- HDF5 ---

  /** Refuses what Keras writes into HDF5 and cannot read from there, or reads as something else. */
  static void requireHdf5(Map<String, Object> architecture, Set<String> assets) {
    List<String> problems = new ArrayList<>();
    assets.forEach(asset -> problems.add("what a layer was adapted to, " + asset));
    layers(architecture, problems);
    finish(
        problems,
        "Keras does not read them from HDF5: ",
        "save the model as .keras, which holds all of these");
  }

  private static void layers(Map<String, Object> model, List<String> problems) {
    if (!(model.get("config") instanceof Map<?, ?> config)
        || !(config.get("layers") instanceof List<?> layers)) {
      return;
    }
    for (Object item : layers) {
      Map<String, Object> layer = Upgrade.strings((Map<?, ?>) item);
      String className = String.valueOf(layer.get("class_name"));
      String named = "%s (%s)".formatted(layer.get("name"), className);
      Object axis = layer.get("config") instanceof Map<?, ?> own ? own.get("axis") : null;
      if (String.valueOf(layer.get("module")).startsWith("keras.src.ops")) {
        problems.add("the operation " + named);
      } else if (NOT_IN_HDF5.contains(className)) {
        problems.add("the layer " + named);
      } else if (axis instanceof List<?> axes && axes.size() > 1) {
        problems.add("the axes %s of %s".formatted(axes, named));
      }
      layers(layer, problems);
    }
  }

  /** In HDF5 layers have no modules. */
  static Map<String, Object> forHdf5(Map<String, Object> architecture) {
    Map<String, Object> copy = new LinkedHashMap<>(architecture);
    copy.remove("module");
    copy.remove("registered_name");
    if (architecture.get("config") instanceof Map<?, ?> config
        && config.get("layers") instanceof List<?> layers) {
      Map<String, Object> options = Upgrade.strings(config);
      List<Object> plain = new ArrayList<>();
      layers.forEach(layer -> plain.add(forHdf5(Upgrade.strings((Map<?, ?>) layer))));
      options.put("layers", plain);
      copy.put("config", options);
    }
    return copy;
  }
}
