package dev.sardonyx.nn;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.layers.Identity;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.ops.Operation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes layers of their configurations. What it cannot make it collects, so that one refusal lists
 * all problems of a file.
 */
final class LayerReader {
  /** Classes that hold code of another system, with what a user does instead. */
  private static final Map<String, String> CODE =
      Map.ofEntries(
          Map.entry("Lambda", "Python code"),
          Map.entry("JaxLayer", "a JAX function"),
          Map.entry("FlaxLayer", "a Flax module"),
          Map.entry("TFSMLayer", "a TensorFlow SavedModel"),
          Map.entry("TorchModuleWrapper", "a pickled PyTorch module"));

  /** Keras's own names of classes, in files that do not use the public ones. */
  private static final Map<String, String> INTERNAL_NAMES =
      Map.of("GroupedQueryAttention", "GroupQueryAttention");

  private static final Set<String> MODELS = Set.of("Functional", "Sequential", "Model");

  private final CustomLayers custom;
  private final List<String> problems = new ArrayList<>();
  private final Map<Object, Layer> shared = new LinkedHashMap<>();

  LayerReader(CustomLayers custom) {
    this.custom = custom;
  }

  /** Whether something could not be made. */
  boolean problems() {
    return !problems.isEmpty();
  }

  /** Refuses if something could not be made. */
  void finish() {
    if (problems.size() == 1) {
      throw refuse(problems.get(0));
    }
    if (!problems.isEmpty()) {
      StringBuilder all = new StringBuilder("%s layers cannot be read".formatted(problems.size()));
      problems.forEach(problem -> all.append("; ").append(problem));
      throw refuse(all.toString());
    }
  }

  private static DiagnosticException refuse(String message) {
    return new Diagnostic(
            "NN-095",
            message,
            Location.current(),
            "config.json",
            "replace these layers, or map registered names to Java layers with CustomLayers")
        .exception();
  }

  /** The layer that a model's list describes, called {@code name}; a stand-in if it cannot be. */
  Layer layer(Map<String, Object> described, String name) {
    Object id = described.get("shared_object_id");
    Layer known = id == null ? null : shared.get(id);
    if (known != null) {
      return known;
    }
    try {
      Layer made = Config.create(Layer.class, "layer " + name, described, this::resolve);
      made.named(name);
      if (id != null) {
        shared.put(id, made);
      }
      return made;
    } catch (DiagnosticException e) {
      problems.add("%s (%s): %s".formatted(name, described.get("class_name"), reason(e)));
      return Identity.identity().named(name);
    }
  }

  private static String reason(DiagnosticException e) {
    Diagnostic diagnostic = e.diagnostic();
    return diagnostic.code() + " " + diagnostic.message();
  }

  private @Nullable Object resolve(Class<?> family, Map<String, Object> serialized) {
    if (family != Layer.class) {
      return null;
    }
    String className = String.valueOf(serialized.get("class_name"));
    String module = String.valueOf(serialized.getOrDefault("module", ""));
    Map<String, Object> options =
        ModelBuilder.map(serialized.getOrDefault("config", Map.of()), "a layer's configuration");
    Layer own = custom.find(serialized, Config.reading(options, this::resolve));
    if (own != null) {
      return own;
    }
    refuseCode(serialized, className, module);
    if (MODELS.contains(className)) {
      return ModelBuilder.nested(serialized, this);
    }
    if (INTERNAL_NAMES.containsKey(className)) {
      Map<String, Object> renamed = new LinkedHashMap<>(serialized);
      renamed.put("class_name", INTERNAL_NAMES.get(className));
      return Config.create(Layer.class, className, renamed, this::resolve);
    }
    if (module.startsWith("keras.src.ops") || module.startsWith("keras.ops")) {
      Operation operation = Operation.op(className);
      Config config = Config.reading(options, this::resolve);
      operation.configure(config);
      config.finish(className);
      return operation;
    }
    return null;
  }

  private static void refuseCode(Map<String, Object> serialized, String className, String module) {
    String held = CODE.get(className);
    Object registered = serialized.get("registered_name");
    boolean user = registered instanceof String name && name.contains(">");
    boolean keras =
        module.isEmpty()
            || module.equals("null")
            || module.equals("keras")
            || module.startsWith("keras.")
            || module.startsWith("tf_keras.");
    if (held != null || user || !keras) {
      throw new Diagnostic(
              "NN-096",
              held != null
                  ? "%s holds %s, which is never run".formatted(className, held)
                  : "%s is custom code of %s".formatted(className, user ? registered : module),
              Location.current(),
              "class: %s.%s".formatted(module, className),
              "write it as a Java layer and map its registered name with CustomLayers")
          .exception();
    }
  }
}
