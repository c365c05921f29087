package dev.sardonyx.nn.metrics;

import dev.sardonyx.ir.Value;
import dev.sardonyx.nn.config.Configurable;
import dev.sardonyx.nn.config.Names;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something to report of a model. A batch contributes sums, computed in the graph; sums of batches
 * are added up, and {@link #result} makes the reported number of them.
 */
public interface Metric extends Configurable {
  /** Names that are not a class name in snake case. */
  Map<String, String> IRREGULAR =
      new TreeMap<>(
          Map.of(
              "mse", "MeanSquaredError",
              "mae", "MeanAbsoluteError",
              "mape", "MeanAbsolutePercentageError",
              "msle", "MeanSquaredLogarithmicError",
              "bce", "BinaryCrossentropy",
              "auc", "AUC",
              "kl_divergence", "KLDivergence",
              "logcosh", "LogCoshError",
              "fbeta_score", "FBetaScore",
              "r2_score", "R2Score"));

  /**
   * The metric that Keras calls {@code name}, and under that name in logs: {@code accuracy} or
   * {@code acc} for what {@link Accuracy#accuracy} is, {@code mse}, {@code binary_accuracy}, …
   */
  static Metric of(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    Metric metric =
        lower.equals("accuracy") || lower.equals("acc")
            ? new AutomaticAccuracy()
            : Names.create(Metric.class, name, IRREGULAR);
    return metric.named(name);
  }

  /** The name in logs. */
  String name();

  /** Gives the metric another name in logs, and returns it. */
  Metric named(String name);

  /**
   * What one batch contributes: float32 tensors of fixed shapes.
   *
   * @param sampleWeight a weight per sample, or null for ones
   */
  List<Value> sums(Value yTrue, Value yPred, @Nullable Value sampleWeight);

  /**
   * The metric of the added-up sums: one number, or several where it reports one for each class or
   * threshold.
   *
   * @param sums the elements of each of {@link #sums}, row-major
   */
  double[] result(List<double[]> sums);
}
