package dev.sardonyx.nn;

import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.layers.Arguments;
import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.SymbolicTensor;
import dev.sardonyx.nn.layers.SymbolicTensor.Application;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Describes a model's architecture as Keras 3's {@code Functional} configuration does. */
final class ModelConfig {
  private final Model model;
  private final Map<Application, Integer> uses = new IdentityHashMap<>();
  private final Map<Layer, List<Application>> byLayer = new IdentityHashMap<>();
  private final Map<Layer, String> names = new IdentityHashMap<>();

  private ModelConfig(Model model) {
    this.model = model;
    for (Application application : model.applications()) {
      List<Application> own = byLayer.computeIfAbsent(application.layer(), l -> new ArrayList<>());
      uses.put(application, own.size());
      own.add(application);
    }
    model.layers().forEach((name, layer) -> names.put(layer, name));
  }

  static Map<String, Object> of(Model model) {
    return new ModelConfig(model).config();
  }

  private Map<String, Object> config() {
    List<Object> layers = new ArrayList<>();
    for (Object each : KerasOrder.of(model)) {
      if (each instanceof Layer layer) {
        layers.add(layer(names.get(layer), layer));
      } else {
        String name = model.inputNames().get(model.inputs().indexOf(each));
        layers.add(inputLayer(name, ((Input) each).type()));
      }
    }
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("name", model.name() == null ? "model" : model.name());
    config.put("trainable", model.isTrainable());
    config.put("layers", layers);
    config.put("input_layers", model.inputs().stream().map(this::history).toList());
    config.put("output_layers", model.outputs().stream().map(this::asOutput).toList());
    return config;
  }

  /** As {@link #history}; for outputs Keras counts a model's own wiring as its use 0. */
  private List<Object> asOutput(SymbolicTensor tensor) {
    List<Object> history = history(tensor);
    Application made = tensor.application();
    boolean nested = made != null && made.layer() instanceof Model;
    return nested ? List.of(history.get(0), uses.get(made) + 1, tensor.index()) : history;
  }

  /** Where a tensor comes from: layer, use, result. */
  private List<Object> history(SymbolicTensor tensor) {
    Application made = tensor.application();
    if (made == null) {
      int i =
          IntStream.range(0, model.inputs().size())
              .filter(k -> model.inputs().get(k) == tensor)
              .findFirst()
              .orElseThrow();
      return List.of(model.inputNames().get(i), 0, 0);
    }
    return List.of(names.get(made.layer()), uses.get(made), tensor.index());
  }

  private static Map<String, Object> inputLayer(String name, TensorType type) {
    Map<String, Object> config = new LinkedHashMap<>();
    config.put("batch_shape", shape(type));
    config.put("dtype", type.element().toString());
    config.put("sparse", false);
    config.put("ragged", false);
    config.put("name", name);
    // Keras has no names for dimensions; we keep ours beside its shape.
    config.put("sardonyx_type", type.toString());
    Map<String, Object> input = KerasObject.layer("InputLayer", config);
    input.put("name", name);
    input.put("inbound_nodes", List.of());
    return input;
  }

  private static List<@Nullable Object> shape(TensorType type) {
    List<@Nullable Object> shape = new ArrayList<>();
    for (Dim dim : type.shape().dims()) {
      shape.add(dim.isFixed() ? (Object) dim.value() : null);
    }
    return shape;
  }

  private Map<String, Object> layer(String name, Layer layer) {
    Map<String, Object> described = KerasObject.of(layer, name);
    described.put("name", name);
    List<Object> nodes = new ArrayList<>();
    byLayer.get(layer).forEach(use -> nodes.add(node(layer, use.arguments())));
    described.put("inbound_nodes", nodes);
    return described;
  }

  private Map<String, Object> node(Layer layer, Arguments<SymbolicTensor> arguments) {
    List<@Nullable Object> positional = new ArrayList<>();
    arguments.positional().forEach(item -> positional.add(argument(item, arguments)));
    Map<String, @Nullable Object> named = new LinkedHashMap<>();
    arguments.named().forEach((key, item) -> named.put(key, argument(item, arguments)));
    boolean together = layer.takesList() && positional.size() > 1 && arguments.isPlain();
    Map<String, Object> node = new LinkedHashMap<>();
    node.put("args", together ? List.of(positional) : positional);
    node.put("kwargs", named);
    return node;
  }

  private @Nullable Object argument(@Nullable Object item, Arguments<SymbolicTensor> arguments) {
    if (item instanceof Arguments.Place place) {
      SymbolicTensor tensor = arguments.tensors().get(place.index());
      Map<String, Object> config = new LinkedHashMap<>();
      config.put("shape", shape(tensor.type()));
      config.put("dtype", tensor.type().element().toString());
      config.put("keras_history", history(tensor));
      return KerasObject.special("__keras_tensor__", config);
    }
    if (item instanceof List<?> list) {
      List<@Nullable Object> items = new ArrayList<>();
      list.forEach(each -> items.add(argument(each, arguments)));
      return items;
    }
    if (item instanceof Map<?, ?> map) {
      Map<String, @Nullable Object> items = new LinkedHashMap<>();
      map.forEach((key, each) -> items.put(String.valueOf(key), argument(each, arguments)));
      return items;
    }
    if (item instanceof Arguments.Slice slice) {
      Map<String, @Nullable Object> config = new LinkedHashMap<>();
      config.put("start", argument(slice.start(), arguments));
      config.put("stop", argument(slice.stop(), arguments));
      config.put("step", argument(slice.step(), arguments));
      return KerasObject.special("__slice__", config);
    }
    return KerasObject.plain(item);
  }
}
