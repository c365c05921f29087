package dev.sardonyx.nn;

import static dev.sardonyx.nn.layers.Add.add;
import static dev.sardonyx.nn.layers.Dense.dense;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.SymbolicTensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class UsesTest {
  /** A layer that is used twice, and a sum of what it makes with what it took. */
  private static Model model() {
    Input x = Input.input(3).named("x");
    Layer twice = dense(3).named("twice");
    SymbolicTensor once = twice.apply(x);
    return Model.of(x, add().named("sum").apply(x, once, twice.apply(once)));
  }

  private static Map<String, Object> changed(Consumer<List<Object>> change) {
    Map<String, Object> serialized = new LinkedHashMap<>(model().serialize());
    Map<String, Object> config = new LinkedHashMap<>();
    ((Map<?, ?>) serialized.get("config")).forEach((k, v) -> config.put(String.valueOf(k), v));
    List<Object> layers = new ArrayList<>((List<?>) config.get("layers"));
    change.accept(layers);
    config.put("layers", layers);
    serialized.put("config", config);
    return serialized;
  }

  private static float[] outputs(Model model) {
    try (model) {
      Tensor x = Tensor.of(new float[] {1, -2, 0.5f}, 1, 3);
      return model.seed(3).predict(x).toFloatArray();
    }
  }

  @Test
  void layersListedBackwardsAreTheSameModel() {
    Model backwards = Model.fromConfig(changed(Collections::reverse));
    assertArrayEquals(outputs(model()), outputs(backwards));
    assertEquals(model().countParams(), backwards.countParams());
  }

  @Test
  void aLayerThatIsNotThereIsWaitedForInVain() {
    DiagnosticException refusal =
        assertThrows(
            DiagnosticException.class, () -> Model.fromConfig(changed(layers -> layers.remove(0))));
    assertEquals("NN-093", refusal.diagnostic().code());
    assertTrue(refusal.getMessage().contains("[twice, twice, sum]"), refusal.getMessage());
  }

  @Test
  void twoLayersOfOneNameAreRefused() {
    DiagnosticException refusal =
        assertThrows(
            DiagnosticException.class,
            () -> Model.fromConfig(changed(layers -> layers.add(layers.get(1)))));
    assertEquals("NN-093", refusal.diagnostic().code());
    assertTrue(refusal.getMessage().contains("two layers are called twice"), refusal.getMessage());
  }
}
