package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.config.Configurable;
import dev.sardonyx.nn.losses.Loss;
import dev.sardonyx.nn.metrics.Metric;
import dev.sardonyx.nn.optimizers.Optimizer;
import dev.sardonyx.nn.schedules.LearningRateSchedule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Losses, metrics, optimizers and schedules against what Keras computed: the committed cases, and
 * those beside the repository where it has that neighbour.
 *
 * <p>A class or an option of Keras that is not there yet stands in a list here. Its cases are tests
 * too: it must be refused by name, and leave the list when it comes.
 */
class KerasTrainingCasesTest {
  private static final Path NEIGHBOUR =
      Path.of(System.getProperty("basedir", ""), "../../shared/cases/keras/training");

  private static final Set<String> LOSSES_NOT_YET =
      names(
          "BinaryFocalCrossentropy CTC CategoricalFocalCrossentropy CategoricalHinge Circle"
              + " CategoricalGeneralizedCrossEntropy CosineSimilarity Dice Hinge Huber LogCosh"
              + " MeanAbsolutePercentageError MeanSquaredLogarithmicError Poisson SquaredHinge"
              + " Tversky");

  private static final Set<String> METRICS_NOT_YET =
      names(
          "AUC BinaryIoU CategoricalHinge ConcordanceCorrelation F1Score FBetaScore"
              + " FalseNegatives FalsePositives Hinge IoU LogCoshError Mean"
              + " MeanSquaredLogarithmicError OneHotIoU OneHotMeanIoU PearsonCorrelation"
              + " Precision PrecisionAtRecall Recall SparseCategoricalCrossentropy"
              + " SparseTopKCategoricalAccuracy SquaredHinge Sum TrueNegatives TruePositives");

  private static final Set<String> OPTIMIZERS_NOT_YET =
      names("AdamW Adadelta Adafactor Adagrad Adamax Ftrl Lamb Lion Muon ScheduleFreeAdamW");

  /** Options that are refused wherever they are set. */
  private static final Set<String> OPTIONS_NOT_YET =
      names("use_ema gradient_accumulation_steps loss_scale_factor");

  private static Set<String> names(String separatedBySpaces) {
    return new TreeSet<>(List.of(separatedBySpaces.split(" ")));
  }

  @TestFactory
  Stream<DynamicTest> losses() {
    return tests("losses", "loss", Loss.class, LOSSES_NOT_YET, TrainingCase::loss);
  }

  @TestFactory
  Stream<DynamicTest> metrics() {
    return tests("metrics", "metric", Metric.class, METRICS_NOT_YET, TrainingCase::metric);
  }

  @TestFactory
  Stream<DynamicTest> optimizers() {
    return tests(
        "optimizers", "optimizer", Optimizer.class, OPTIMIZERS_NOT_YET, OptimizerCase::check);
  }

  @TestFactory
  Stream<DynamicTest> schedules() {
    return tests(
        "schedules", "schedule", LearningRateSchedule.class, Set.of(), TrainingCase::schedule);
  }

  private static <T extends Configurable> Stream<DynamicTest> tests(
      String family, String key, Class<T> type, Set<String> notYet, BiConsumer<KerasCase, T> run) {
    List<DynamicTest> tests = new ArrayList<>();
    Set<String> refused = new TreeSet<>();
    int ran = 0;
    for (KerasCase reference : cases(family)) {
      Map<?, ?> serialized = reference.object(key);
      if (notYet.contains(serialized.get("class_name"))) {
        refused.add((String) serialized.get("class_name"));
        tests.add(refusal(reference.name(), "NN-004", type, serialized));
      } else if (setsAnOptionNotYetThere(serialized)) {
        refused.add(reference.name());
        tests.add(refusal(reference.name(), "NN-002", type, serialized));
      } else {
        ran++;
        tests.add(dynamicTest(reference.name(), () -> check(reference, type, serialized, run)));
      }
    }
    System.out.printf(
        "Keras's %s: %d cases run, %d refused as not yet there: %s%n",
        family, ran, tests.size() - ran, String.join(", ", refused));
    return tests.stream();
  }

  private static List<KerasCase> cases(String family) {
    List<KerasCase> cases = new ArrayList<>(KerasCase.all(family));
    if (Files.isDirectory(NEIGHBOUR)) {
      cases.addAll(KerasCase.in(NEIGHBOUR.resolve(family)));
    }
    return cases;
  }

  private static <T extends Configurable> DynamicTest refusal(
      String name, String code, Class<T> type, Map<?, ?> serialized) {
    return dynamicTest(
        name + " (refused)",
        () -> {
          DiagnosticException e =
              assertThrows(
                  DiagnosticException.class, () -> Config.create(type, "object", serialized));
          assertEquals(code, e.diagnostic().code(), e.getMessage());
        });
  }

  private static boolean setsAnOptionNotYetThere(Map<?, ?> serialized) {
    Map<?, ?> config = (Map<?, ?>) Objects.requireNonNull(serialized.get("config"));
    return OPTIONS_NOT_YET.stream()
        .map(config::get)
        .anyMatch(value -> value != null && !value.equals(false));
  }

  private static <T extends Configurable> void check(
      KerasCase reference, Class<T> type, Map<?, ?> serialized, BiConsumer<KerasCase, T> run) {
    T made = Config.create(type, "object", serialized);
    run.accept(reference, made);
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
    return value instanceof Number n ? (Object) n.doubleValue() : value;
  }
}
