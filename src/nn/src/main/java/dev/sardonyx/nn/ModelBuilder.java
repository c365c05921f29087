package dev.sardonyx.nn;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.SymbolicTensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Builds models from Keras 3's {@code Functional} and {@code Sequential} configurations. */
final class ModelBuilder {
  private ModelBuilder() {}

  /** One use of a layer, waiting for its inputs. */
  private record Pending(Layer layer, String name, int index, List<List<Object>> inputs) {}

  /** The model that a serialized {@code Functional} or {@code Sequential} describes. */
  static Model read(Map<String, Object> serialized) {
    Map<String, Object> config = map(serialized.get("config"), "the model's configuration");
    String className = String.valueOf(serialized.get("class_name"));
    return switch (className) {
      case "Functional", "Model" -> functional(config);
      case "Sequential" -> sequential(config);
      default -> throw refuse("there is no model class " + className);
    };
  }

  private static Model sequential(Map<String, Object> config) {
    SymbolicTensor last = null;
    Input input = null;
    for (Object described : list(config.get("layers"), "layers")) {
      Map<String, Object> layer = map(described, "a layer");
      if ("InputLayer".equals(layer.get("class_name"))) {
        Map<String, Object> options = map(layer.get("config"), "the configuration of the input");
        input = input(String.valueOf(options.get("name")), options);
        last = input;
      } else if (last == null) {
        throw refuse("a Sequential without an InputLayer does not say what it takes");
      } else {
        last = layer(layer, nameIn(layer)).apply(last);
      }
    }
    if (input == null) {
      throw refuse("a Sequential without layers");
    }
    return Model.of(input, last).named(String.valueOf(config.get("name")));
  }

  private static String nameIn(Map<String, Object> layer) {
    return String.valueOf(map(layer.get("config"), "a layer's configuration").get("name"));
  }

  private static Model functional(Map<String, Object> config) {
    Map<String, List<SymbolicTensor>> known = new LinkedHashMap<>();
    List<Pending> pending = new ArrayList<>();
    for (Object described : list(config.get("layers"), "layers")) {
      Map<String, Object> layer = map(described, "a layer");
      String name = String.valueOf(layer.get("name"));
      if ("InputLayer".equals(layer.get("class_name"))) {
        Map<String, Object> options = map(layer.get("config"), "the configuration of " + name);
        known.put(key(name, 0), List.of(input(name, options)));
      } else {
        readUses(name, layer, pending);
      }
    }
    apply(pending, known);
    List<Input> inputs = new ArrayList<>();
    for (List<Object> history : histories(config.get("input_layers"))) {
      if (!(find(history, known) instanceof Input input)) {
        throw refuse(history + " is no input");
      }
      inputs.add(input);
    }
    return Model.of(inputs, outputs(config, known)).named(String.valueOf(config.get("name")));
  }

  private static List<SymbolicTensor> outputs(
      Map<String, Object> config, Map<String, List<SymbolicTensor>> known) {
    Set<Object> models = new HashSet<>();
    for (Object described : list(config.get("layers"), "layers")) {
      Map<String, Object> layer = map(described, "a layer");
      if ("Functional".equals(layer.get("class_name"))) {
        models.add(layer.get("name"));
      }
    }
    List<SymbolicTensor> outputs = new ArrayList<>();
    for (List<Object> history : histories(config.get("output_layers"))) {
      outputs.add(find(models.contains(history.get(0)) ? oneLess(history) : history, known));
    }
    return outputs;
  }

  /** As an output Keras counts a model's own wiring as its use 0; see {@link ModelConfig}. */
  private static List<Object> oneLess(List<Object> history) {
    key(history); // refuses what is no history
    return List.of(history.get(0), ((Number) history.get(1)).intValue() - 1, history.get(2));
  }

  /** Keras has no names for dimensions; where ours are not beside its shape, they are made up. */
  private static Input input(String name, Map<String, Object> options) {
    List<Dim> dims = new ArrayList<>();
    Object ours = options.get("sardonyx_type");
    if (ours != null) {
      dims.addAll(TensorType.parse(String.valueOf(ours)).shape().dims());
    } else {
      for (Object extent : list(options.get("batch_shape"), "the shape of " + name)) {
        dims.add(
            extent instanceof Number n
                ? Dim.of(n.longValue())
                : Dim.symbol(name + "_" + dims.size()));
      }
    }
    return Input.input(Shape.of(dims.subList(1, dims.size())))
        .as(ElementType.parse(String.valueOf(options.get("dtype"))))
        .named(name);
  }

  private static void readUses(String name, Map<String, Object> described, List<Pending> pending) {
    Layer layer = layer(described, name);
    int index = 0;
    for (Object node : list(described.get("inbound_nodes"), "the nodes of " + name)) {
      Map<String, Object> call = map(node, "a node of " + name);
      requirePlain(name, call.get("kwargs"));
      List<Object> args = list(call.get("args"), "the inputs of " + name);
      Object first = args.isEmpty() ? List.of() : args.get(0);
      List<Object> tensors = first instanceof List<?> ? list(first, "inputs") : args;
      List<List<Object>> inputs = new ArrayList<>();
      for (Object tensor : tensors) {
        Map<String, Object> inner = map(map(tensor, "an input").get("config"), "an input");
        inputs.add(list(inner.get("keras_history"), "an input of " + name));
      }
      pending.add(new Pending(layer, name, index++, inputs));
    }
  }

  private static Layer layer(Map<String, Object> described, String name) {
    Object className = described.get("class_name");
    boolean model = "Functional".equals(className) || "Sequential".equals(className);
    return model
        ? read(described).named(name)
        : Config.create(Layer.class, "layer " + name, described(described)).named(name);
  }

  /** Arguments of a call beside its tensors change what a layer computes: they are not ignored. */
  private static void requirePlain(String layer, @Nullable Object kwargs) {
    if (kwargs instanceof Map<?, ?> map && map.values().stream().anyMatch(Objects::nonNull)) {
      throw refuse("layer " + layer + " is called with " + kwargs + ", which is not supported");
    }
  }

  private static Map<String, Object> described(Map<String, Object> layer) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("class_name", layer.get("class_name"));
    object.put("config", layer.get("config"));
    return object;
  }

  /** Applies layers in the order of their dependencies; the uses of one layer stay in order. */
  private static void apply(List<Pending> pending, Map<String, List<SymbolicTensor>> known) {
    List<Pending> waiting = new ArrayList<>(pending);
    while (!waiting.isEmpty()) {
      List<Pending> later = new ArrayList<>();
      for (Pending use : waiting) {
        boolean inTurn = use.index == 0 || known.containsKey(key(use.name, use.index - 1));
        if (inTurn && use.inputs.stream().allMatch(h -> known.containsKey(key(h)))) {
          List<SymbolicTensor> inputs = use.inputs.stream().map(h -> find(h, known)).toList();
          known.put(key(use.name, use.index), use.layer.applyAll(inputs));
        } else {
          later.add(use);
        }
      }
      if (later.size() == waiting.size()) {
        throw refuse(
            "layers wait for each other or for layers that do not exist: "
                + later.stream().map(Pending::name).toList());
      }
      waiting = later;
    }
  }

  private static SymbolicTensor find(
      List<Object> history, Map<String, List<SymbolicTensor>> known) {
    List<SymbolicTensor> results = known.get(key(history));
    int index = ((Number) history.get(2)).intValue();
    if (results == null || index < 0 || index >= results.size()) {
      throw refuse("there is no tensor " + history);
    }
    return results.get(index);
  }

  private static String key(List<Object> history) {
    if (history.size() != 3
        || !(history.get(1) instanceof Number)
        || !(history.get(2) instanceof Number)) {
      throw refuse("a tensor is named by [layer, use, result], got " + history);
    }
    return key(String.valueOf(history.get(0)), ((Number) history.get(1)).intValue());
  }

  private static String key(String layer, int use) {
    return use + ":" + layer;
  }

  private static List<List<Object>> histories(Object value) {
    List<List<Object>> histories = new ArrayList<>();
    List<Object> listed = list(value, "input_layers or output_layers");
    // A model of one input or output may name it without a list around it.
    boolean single = !listed.isEmpty() && listed.get(0) instanceof String;
    (single ? List.of((Object) listed) : listed).forEach(h -> histories.add(list(h, "a tensor")));
    return histories;
  }

  private static List<Object> list(Object value, String what) {
    if (value instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    throw refuse(what + " should be a list, got " + value);
  }

  private static Map<String, Object> map(Object value, String what) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((k, v) -> copy.put(String.valueOf(k), v));
      return copy;
    }
    throw refuse(what + " should be an object, got " + value);
  }

  private static DiagnosticException refuse(String problem) {
    return new Diagnostic(
            "NN-093",
            "the architecture cannot be read: " + problem,
            Location.current(),
            "config.json",
            "give a file that Model.save has written")
        .exception();
  }
}
