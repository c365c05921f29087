package dev.sardonyx.nn.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.nn.config.Config;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What tables of layers check in each of their rows. */
final class LayerRows {
  private LayerRows() {}

  static Map<String, Object> options(Object... keysAndValues) {
    Map<String, Object> options = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      options.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return options;
  }

  /** The options are written, read back the same, and others are refused. */
  static void writtenAndReadBack(Layer layer, Map<String, Object> options) {
    Map<String, Object> config = layer.config();
    options.forEach((key, value) -> assertEquals(value, config.get(key), key));
    Layer read = Config.create(Layer.class, "layer", layer.serialize());
    assertEquals(layer.getClass(), read.getClass());
    assertEquals(config, read.config());
    Map<String, Object> more = new LinkedHashMap<>(config);
    more.put("colour", "red");
    Map<String, Object> serialized = Map.of("class_name", layer.className(), "config", more);
    DiagnosticException refused =
        assertThrows(
            DiagnosticException.class, () -> Config.create(Layer.class, "layer", serialized));
    assertEquals("NN-003", refused.diagnostic().code());
  }

  /** The types of the results, between spaces, of inputs without their batch. */
  static String results(Layer layer, String... inputs) {
    List<SymbolicTensor> symbols =
        Arrays.stream(inputs).<SymbolicTensor>map(s -> Input.input(Shape.parse(s))).toList();
    return String.join(
        " ", layer.applyAll(symbols).stream().map(y -> y.type().toString()).toList());
  }

  /** The weights of a layer and of its parts, by their paths. */
  static Map<String, String> weights(Layer layer) {
    Map<String, String> weights = new LinkedHashMap<>();
    collect("", layer, weights);
    return weights;
  }

  private static void collect(String path, Layer layer, Map<String, String> into) {
    layer.weights().forEach(w -> into.put(path + w.name(), w.type().toString()));
    layer.parts().forEach((name, part) -> collect(path + name + "/", part, into));
  }
}
