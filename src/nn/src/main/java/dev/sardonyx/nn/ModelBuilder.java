package dev.sardonyx.nn;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.Wired.Tap;
import dev.sardonyx.nn.layers.Chain;
import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.SymbolicTensor;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds models from Keras 3's {@code Functional} and {@code Sequential} configurations. */
final class ModelBuilder {
  private final LayerReader layers;

  private ModelBuilder(LayerReader layers) {
    this.layers = layers;
  }

  /** The model that a serialized {@code Functional} or {@code Sequential} describes. */
  static Model read(Map<String, Object> serialized, CustomLayers custom) {
    LayerReader layers = new LayerReader(custom);
    Model model = new ModelBuilder(layers).model(serialized);
    layers.finish();
    return model;
  }

  /** A model inside another one, whose layers' problems {@code layers} collects. */
  static @Nullable Layer nested(Map<String, Object> serialized, LayerReader layers) {
    Map<String, Object> config = map(serialized.get("config"), "the model's configuration");
    boolean sequential = "Sequential".equals(serialized.get("class_name"));
    if (sequential && inputLayer(config) == null) {
      Map<String, Layer> chain = new LinkedHashMap<>();
      for (Map<String, Object> described : layerList(config)) {
        chain.put(nameIn(described), layers.layer(described, nameIn(described)));
      }
      return Chain.of(chain).named(String.valueOf(config.get("name")));
    }
    return new ModelBuilder(layers).model(serialized);
  }

  private Model model(Map<String, Object> serialized) {
    Map<String, Object> config = map(serialized.get("config"), "the model's configuration");
    String className = String.valueOf(serialized.get("class_name"));
    Model model =
        switch (className) {
          case "Functional", "Model" -> functional(config);
          case "Sequential" -> sequential(serialized, config);
          default -> throw refuse("there is no model class " + className);
        };
    if (Boolean.FALSE.equals(config.get("trainable"))) {
      model.trainable(false);
    }
    return model;
  }

  // --- Sequential ---

  private Model sequential(Map<String, Object> serialized, Map<String, Object> config) {
    if (layerList(config).isEmpty()) {
      throw refuse("a Sequential without layers");
    }
    Map<String, Object> described = inputLayer(config);
    Input input =
        described == null
            ? input("input_layer", builtFor(serialized))
            : input(nameIn(described), withoutBatch(config, described));
    SymbolicTensor last = input;
    for (Map<String, Object> layer : layerList(config)) {
      if (!"InputLayer".equals(layer.get("class_name"))) {
        Layer made = layers.layer(layer, nameIn(layer));
        last = layers.problems() ? last : made.apply(last);
      }
    }
    layers.finish();
    return Model.of(input, last).named(String.valueOf(config.get("name")));
  }

  /** A model that was built by a call has that call's batch in its file; states need one. */
  private static Map<String, Object> withoutBatch(
      Map<String, Object> config, Map<String, Object> inputLayer) {
    Map<String, Object> options =
        new LinkedHashMap<>(map(inputLayer.get("config"), "the configuration of the input"));
    boolean stateful =
        layerList(config).stream()
            .anyMatch(
                layer ->
                    layer.get("config") instanceof Map<?, ?> own
                        && Boolean.TRUE.equals(own.get("stateful")));
    if (!stateful && options.get("batch_shape") instanceof List<?> shape && !shape.isEmpty()) {
      List<Object> free = new ArrayList<>(shape);
      free.set(0, null);
      options.put("batch_shape", free);
    }
    return options;
  }

  private static @Nullable Map<String, Object> inputLayer(Map<String, Object> config) {
    List<Map<String, Object>> all = layerList(config);
    return !all.isEmpty() && "InputLayer".equals(all.get(0).get("class_name")) ? all.get(0) : null;
  }

  private static Map<String, Object> builtFor(Map<String, Object> serialized) {
    Object shape =
        serialized.get("build_config") instanceof Map<?, ?> built ? built.get("input_shape") : null;
    if (!(shape instanceof List<?> list) || list.isEmpty() || list.get(0) instanceof List) {
      throw refuse("a Sequential without an InputLayer does not say what it takes");
    }
    List<Object> free = new ArrayList<>(list);
    free.set(0, null);
    return Map.of("batch_shape", free, "dtype", "float32");
  }

  private static String nameIn(Map<String, Object> layer) {
    return String.valueOf(map(layer.get("config"), "a layer's configuration").get("name"));
  }

  private static List<Map<String, Object>> layerList(Map<String, Object> config) {
    return list(config.get("layers"), "layers").stream().map(l -> map(l, "a layer")).toList();
  }

  // --- Functional ---

  private Model functional(Map<String, Object> config) {
    Map<Tap, SymbolicTensor> known = new LinkedHashMap<>();
    Set<String> functional = new HashSet<>();
    Uses uses = new Uses();
    for (Map<String, Object> layer : layerList(config)) {
      String name = String.valueOf(layer.get("name"));
      if ("InputLayer".equals(layer.get("class_name"))) {
        Map<String, Object> options = map(layer.get("config"), "the configuration of " + name);
        known.put(new Tap(name, 0, 0), input(name, options));
      } else {
        Layer made = layers.layer(layer, name);
        if ("Functional".equals(layer.get("class_name"))) {
          functional.add(name);
        }
        readUses(name, layer, made, uses);
      }
    }
    layers.finish();
    uses.apply(known);
    List<Input> inputs = new ArrayList<>();
    for (Tap tap : taps(config.get("input_layers"))) {
      if (!(find(tap, known) instanceof Input input)) {
        throw refuse(tap + " is no input");
      }
      inputs.add(input);
    }
    List<SymbolicTensor> outputs = new ArrayList<>();
    for (Tap tap : taps(config.get("output_layers"))) {
      outputs.add(find(functional.contains(tap.layer()) ? oneLess(tap) : tap, known));
    }
    return Model.of(inputs, outputs).named(String.valueOf(config.get("name")));
  }

  /** As an output Keras counts a functional model's own wiring as its use 0. */
  private static Tap oneLess(Tap tap) {
    return new Tap(tap.layer(), Math.max(0, tap.use() - 1), tap.result());
  }

  private static void readUses(String name, Map<String, Object> described, Layer layer, Uses uses) {
    int index = 0;
    for (Object node : list(described.get("inbound_nodes"), "the nodes of " + name)) {
      uses.add(layer, name, index++, Wired.read(map(node, "a node of " + name), name));
    }
  }

  private static SymbolicTensor find(Tap tap, Map<Tap, SymbolicTensor> known) {
    SymbolicTensor found = known.get(tap);
    if (found == null) {
      throw refuse(
          "there is no tensor [%s, %s, %s]".formatted(tap.layer(), tap.use(), tap.result()));
    }
    return found;
  }

  /** One tensor, a list, or a map of them, which Keras flattens by sorted keys. */
  private static List<Tap> taps(@Nullable Object value) {
    List<Tap> taps = new ArrayList<>();
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> sorted = new TreeMap<>();
      map.forEach((key, item) -> sorted.put(String.valueOf(key), item));
      sorted.values().forEach(item -> taps.addAll(taps(item)));
      return taps;
    }
    List<Object> listed = list(value, "input_layers or output_layers");
    if (listed.size() == 3 && listed.get(0) instanceof String && listed.get(1) instanceof Number) {
      return List.of(Tap.of(listed));
    }
    listed.forEach(item -> taps.addAll(taps(item)));
    return taps;
  }

  // --- inputs ---

  /** Keras has no names for dimensions; where ours are not beside its shape, they are made up. */
  private static Input input(String name, Map<String, Object> options) {
    for (String kind : List.of("sparse", "ragged")) {
      if (Boolean.TRUE.equals(options.get(kind))) {
        throw refuse("input %s is %s, which is not supported".formatted(name, kind));
      }
    }
    ElementType element = element(options.getOrDefault("dtype", "float32"));
    Object ours = options.get("sardonyx_type");
    if (ours != null) {
      return Input.ofBatch(TensorType.parse(String.valueOf(ours)).with(element)).named(name);
    }
    List<Dim> dims = new ArrayList<>();
    for (Object extent : list(options.get("batch_shape"), "the shape of " + name)) {
      dims.add(
          extent instanceof Number n
              ? Dim.of(n.longValue())
              : Dim.symbol(dims.isEmpty() ? "N" : name + "_" + dims.size()));
    }
    return Input.ofBatch(new TensorType(element, Shape.of(dims))).named(name);
  }

  static ElementType element(@Nullable Object dtype) {
    Object name =
        dtype instanceof Map<?, ?> policy && policy.get("config") instanceof Map<?, ?> config
            ? config.get("name")
            : dtype;
    try {
      return ElementType.parse(String.valueOf(name));
    } catch (IllegalArgumentException e) {
      throw refuse("there is no dtype " + dtype);
    }
  }

  // --- JSON ---

  static List<Object> list(@Nullable Object value, String what) {
    if (value instanceof List<?> list) {
      return new ArrayList<>(list);
    }
    throw refuse(what + " should be a list, got " + value);
  }

  static Map<String, Object> map(@Nullable Object value, String what) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> copy = new LinkedHashMap<>();
      map.forEach((k, v) -> copy.put(String.valueOf(k), v));
      return copy;
    }
    throw refuse(what + " should be an object, got " + value);
  }

  static DiagnosticException refuse(String problem) {
    return new Diagnostic(
            "NN-093",
            "the architecture cannot be read: " + problem,
            Location.current(),
            "config.json",
            "give a model that Keras 3 or Model.save has written")
        .exception();
  }
}
