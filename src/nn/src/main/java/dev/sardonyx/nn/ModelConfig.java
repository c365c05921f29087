package dev.sardonyx.nn;

import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.SymbolicTensor;
import dev.sardonyx.nn.layers.SymbolicTensor.Application;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Describes a model's architecture as Keras 3's {@code Functional} configuration does. */
final class ModelConfig {
  private ModelConfig() {}

  static Map<String, Object> of(Model model) {
    Map<SymbolicTensor, Integer> inputIndex = new IdentityHashMap<>();
    List<Object> layers = new ArrayList<>();
    for (int i = 0; i < model.inputs().size(); i++) {
      inputIndex.put(model.inputs().get(i), i);
      layers.add(inputLayer(model.inputNames().get(i), model.inputs().get(i).type()));
    }
    Map<Application, Integer> nodeIndex = new IdentityHashMap<>();
    Map<Layer, List<Application>> uses = new IdentityHashMap<>();
    for (Application application : model.applications()) {
      List<Application> ofLayer = uses.computeIfAbsent(application.layer(), l -> new ArrayList<>());
      nodeIndex.put(application, ofLayer.size());
      ofLayer.add(application);
    }
    Names names = new Names(model, nodeIndex);
    model.layers().forEach((name, layer) -> layers.add(layer(name, layer, uses.get(layer), names)));
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", model.name() == null ? "model" : model.name());
    config.put("trainable", model.isTrainable());
    config.put("layers", layers);
    config.put("input_layers", model.inputs().stream().map(names::history).toList());
    config.put("output_layers", model.outputs().stream().map(names::asOutput).toList());
    return config;
  }

  /** Where a tensor comes from, as {@code [layer, use, result]}. */
  private record Names(Model model, Map<Application, Integer> nodeIndex) {
    /** As {@link #history}; for outputs Keras counts a model's own wiring as its use 0. */
    List<Object> asOutput(SymbolicTensor tensor) {
      List<Object> history = history(tensor);
      Application made = tensor.application();
      boolean model = made != null && made.layer() instanceof Model;
      return model ? List.of(history.get(0), nodeIndex.get(made) + 1, tensor.index()) : history;
    }

    List<Object> history(SymbolicTensor tensor) {
      Application made = tensor.application();
      if (made == null) {
        int i =
            IntStream.range(0, model.inputs().size())
                .filter(k -> model.inputs().get(k) == tensor)
                .findFirst()
                .orElseThrow();
        return List.of(model.inputNames().get(i), 0, 0);
      }
      String layer =
          model.layers().entrySet().stream()
              .filter(e -> e.getValue() == made.layer())
              .findFirst()
              .orElseThrow()
              .getKey();
      return List.of(layer, nodeIndex.get(made), tensor.index());
    }
  }

  private static Map<String, Object> inputLayer(String name, TensorType type) {
    Map<String, Object> config = new LinkedHashMap<>();
    List<Object> shape = new ArrayList<>();
    type.shape().dims().forEach(d -> shape.add(d.isFixed() ? d.value() : null));
    config.put("batch_shape", shape);
    config.put("dtype", type.element().toString());
    config.put("name", name);
    // Keras has no names for dimensions; we keep ours beside its shape.
    config.put("sardonyx_type", type.toString());
    return described(name, "InputLayer", config, List.of());
  }

  private static Map<String, Object> layer(
      String name, Layer layer, List<Application> uses, Names names) {
    Map<String, Object> config = new LinkedHashMap<>(layer.config());
    config.put("name", name);
    List<Object> nodes = new ArrayList<>();
    for (Application use : uses) {
      List<Object> tensors = new ArrayList<>();
      for (SymbolicTensor input : use.inputs()) {
        Map<String, Object> tensor = new LinkedHashMap<>();
        tensor.put("class_name", "__keras_tensor__");
        tensor.put("config", Map.of("keras_history", names.history(input)));
        tensors.add(tensor);
      }
      Map<String, Object> node = new LinkedHashMap<>();
      node.put("args", tensors.size() == 1 ? tensors : List.of(tensors));
      node.put("kwargs", Map.of());
      nodes.add(node);
    }
    return described(name, layer.className(), config, nodes);
  }

  private static Map<String, Object> described(
      String name, String className, Map<String, Object> config, List<Object> nodes) {
    Map<String, Object> layer = new LinkedHashMap<>();
    layer.put("class_name", className);
    layer.put("config", config);
    layer.put("name", name);
    layer.put("inbound_nodes", nodes);
    return layer;
  }
}
