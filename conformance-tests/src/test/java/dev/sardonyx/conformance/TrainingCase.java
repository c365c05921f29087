package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.compiler.Pipeline;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.losses.Loss;
import dev.sardonyx.nn.metrics.Metric;
import dev.sardonyx.nn.schedules.LearningRateSchedule;
import dev.sardonyx.testkit.Evaluate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How a loss, a metric or a schedule is held to a case: as graphs, as they are and optimized. */
final class TrainingCase {
  static final double TOLERANCE = 1e-5;

  private static final Pipeline ALL_PASSES =
      Pipeline.training(graph -> List.copyOf(Evaluate.run(graph, Map.of()).values()));

  private TrainingCase() {}

  /** The loss and its gradient with respect to the predictions. */
  static void loss(KerasCase reference, Loss loss) {
    List<String> names = present(reference, "y_true", "y_pred", "sample_weight");
    for (boolean anyBatch : new boolean[] {false, true}) {
      List<Value> inputs = names.stream().map(name -> input(reference, name, anyBatch)).toList();
      Value value = loss.apply(inputs.get(0), inputs.get(1), weight(inputs));
      Value gradient = Gradients.of(value).wrt(inputs.get(1)).values().get(0);
      List<String> outputs = List.of("loss", "gradient");
      Graph graph = Graph.of("loss", inputs, List.of(value, gradient), outputs);
      for (Map<String, Tensor> results : run(graph, arrays(reference, names))) {
        for (String output : outputs) {
          Close.assertClose(output, reference.array(output), results.get(output), TOLERANCE);
        }
      }
    }
  }

  /** What is reported after every batch. */
  static void metric(KerasCase reference, Metric metric) {
    List<double[]> totals = new ArrayList<>();
    int batches = reference.arrays("result").size();
    assertEquals(3, batches, "batches");
    for (int k = 0; k < batches; k++) {
      List<Map<String, Tensor>> results = batch(reference, metric, k);
      double expected = reference.array("result_" + k).getDouble(0);
      for (int way = 0; way < results.size(); way++) {
        double[] sums = sums(results.get(way));
        if (k == 0) {
          totals.add(sums);
        } else {
          double[] total = totals.get(way);
          IntStream.range(0, sums.length).forEach(i -> total[i] += sums[i]);
        }
        assertEquals(
            expected, metric.result(totals.get(way)), TOLERANCE * (1 + expected), "result_" + k);
      }
    }
  }

  private static List<Map<String, Tensor>> batch(KerasCase reference, Metric metric, int k) {
    List<String> names = present(reference, "y_true_" + k, "y_pred_" + k, "sample_weight_" + k);
    List<Value> inputs = names.stream().map(name -> input(reference, name, true)).toList();
    List<Value> sums = metric.sums(inputs.get(0), inputs.get(1), weight(inputs));
    return run(Graph.of("metric", inputs, sums), arrays(reference, names));
  }

  private static double[] sums(Map<String, Tensor> results) {
    return results.values().stream().mapToDouble(sum -> sum.getDouble(0)).toArray();
  }

  static void schedule(KerasCase reference, LearningRateSchedule schedule) {
    long[] steps = reference.array("steps").toLongArray();
    double[] rates = reference.array("rates").toDoubleArray();
    for (int i = 0; i < rates.length; i++) {
      assertEquals(rates[i], schedule.rate(steps[i]), TOLERANCE * rates[i], "step " + steps[i]);
    }
  }

  /** What a graph gives as it is, and after all passes. */
  static List<Map<String, Tensor>> run(Graph graph, Map<String, Tensor> inputs) {
    return List.of(Evaluate.run(graph, inputs), Evaluate.run(ALL_PASSES.run(graph), inputs));
  }

  private static List<String> present(KerasCase reference, String... names) {
    return Stream.of(names).filter(reference.arrays()::containsKey).toList();
  }

  private static Map<String, Tensor> arrays(KerasCase reference, List<String> names) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    names.forEach(name -> arrays.put(name, reference.array(name)));
    return arrays;
  }

  private static Value input(KerasCase reference, String name, boolean anyBatch) {
    TensorType type = reference.array(name).type();
    return Value.input(name, anyBatch ? type.with(type.shape().with(0, Dim.symbol("N"))) : type);
  }

  private static @Nullable Value weight(List<Value> inputs) {
    return inputs.size() > 2 ? inputs.get(2) : null;
  }
}
