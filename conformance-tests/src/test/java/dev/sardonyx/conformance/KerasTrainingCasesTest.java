package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sardonyx.cli.product.TrainingRunner;
import dev.sardonyx.cli.verify.Case;
import dev.sardonyx.cli.verify.Layout;
import dev.sardonyx.cli.verify.Settings;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.config.Configurable;
import dev.sardonyx.nn.constraints.Constraint;
import dev.sardonyx.nn.initializers.Initializer;
import dev.sardonyx.nn.losses.Loss;
import dev.sardonyx.nn.metrics.Metric;
import dev.sardonyx.nn.optimizers.Optimizer;
import dev.sardonyx.nn.regularizers.Regularizer;
import dev.sardonyx.nn.schedules.LearningRateSchedule;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Losses, metrics, optimizers, schedules, the parts of layers and callbacks against what Keras
 * computed: as {@code sardonyx verify} runs such cases, with passes and without.
 */
class KerasTrainingCasesTest {
  private static final Settings AS_IT_IS =
      new Settings(Settings.DEFAULT.kinds(), false, false, false);

  /** What each family of cases describes, by the key in its case.json. */
  private static final Map<String, Class<? extends Configurable>> DESCRIBED =
      Map.of(
          "loss", Loss.class,
          "metric", Metric.class,
          "optimizer", Optimizer.class,
          "schedule", LearningRateSchedule.class,
          "regularizer", Regularizer.class,
          "constraint", Constraint.class,
          "initializer", Initializer.class);

  @TestFactory
  Stream<DynamicTest> cases() {
    return Stream.of("losses", "metrics", "optimizers", "schedules", "parts", "callbacks")
        .flatMap(family -> KerasCase.all(family).stream())
        .filter(reference -> !reference.arrays().isEmpty())
        .map(reference -> dynamicTest(reference.name(), () -> run(reference)));
  }

  private static void run(KerasCase reference) throws IOException {
    Case one = new Case(reference.name(), reference.folder(), Layout.TRAINING);
    new TrainingRunner(Settings.DEFAULT).run(one);
    new TrainingRunner(AS_IT_IS).run(one);
    for (Entry<String, Class<? extends Configurable>> kind : DESCRIBED.entrySet()) {
      if (reference.description().get(kind.getKey()) instanceof Map<?, ?> serialized) {
        writesWhatKerasWrites(kind.getValue(), serialized);
      }
    }
  }

  private static <T extends Configurable> void writesWhatKerasWrites(
      Class<T> type, Map<?, ?> serialized) {
    T made = Config.create(type, "object", serialized);
    Map<?, ?> written = made.serialize();
    assertEquals(plain(serialized), plain(written), "configuration");
    T again = Config.create(type, "object", written);
    assertEquals(made.config(), again.config(), "configuration, read and written again");
  }

  /** Without modules, by which Keras looks classes up beside their names; numbers as doubles. */
  private static Object plain(Object value) {
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> kept = new LinkedHashMap<>();
      map.forEach((key, v) -> kept.put(key.toString(), v == null ? "null" : plain(v)));
      kept.keySet().removeAll(List.of("module", "registered_name"));
      return kept;
    }
    if (value instanceof List<?> list) {
      return list.stream().map(KerasTrainingCasesTest::plain).toList();
    }
    return value instanceof Number n ? (Object) (double) n.floatValue() : value;
  }
}
