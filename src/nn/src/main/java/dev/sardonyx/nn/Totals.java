package dev.sardonyx.nn;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.metrics.Metric;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Losses and metrics added up over batches. */
final class Totals {
  /** A metric by its name in logs, with its sums so far. */
  private record Measured(String name, Metric metric, List<double[]> sums) {}

  private final Map<String, double[]> losses = new LinkedHashMap<>();
  private final List<Measured> metrics = new ArrayList<>();
  private final List<String> wanted = new ArrayList<>();

  /**
   * @param results the names of what the graph computes
   */
  Totals(Model model, Compilation compilation, Collection<String> results) {
    for (String name : results) {
      if (name.equals(TrainingGraphs.LOSS) || name.endsWith("_" + TrainingGraphs.LOSS)) {
        losses.put(name, new double[2]);
      }
    }
    wanted.addAll(losses.keySet());
    for (int i = 0; i < model.outputNames().size(); i++) {
      for (Compilation.Reported reported : compilation.reported(i)) {
        Metric metric = reported.metric();
        String name = TrainingGraphs.metricName(model, i, metric);
        List<double[]> sums = new ArrayList<>();
        while (results.contains(TrainingGraphs.sumName(name, sums.size()))) {
          wanted.add(TrainingGraphs.sumName(name, sums.size()));
          sums.add(new double[0]);
        }
        metrics.add(new Measured(name, metric, sums));
      }
    }
  }

  /** The results that {@link #add} takes. */
  List<String> wanted() {
    return wanted;
  }

  void add(Map<String, Tensor> results, long samples) {
    losses.forEach(
        (name, total) -> {
          total[0] += results.get(name).getDouble(0) * samples;
          total[1] += samples;
        });
    for (Measured measured : metrics) {
      for (int k = 0; k < measured.sums().size(); k++) {
        double[] total = results.get(TrainingGraphs.sumName(measured.name(), k)).toDoubleArray();
        double[] before = measured.sums().get(k);
        for (int i = 0; i < before.length; i++) {
          total[i] += before[i];
        }
        measured.sums().set(k, total);
      }
    }
  }

  /** The means so far. */
  Map<String, Double> logs() {
    Map<String, Double> logs = new LinkedHashMap<>();
    double[] all = losses.get(TrainingGraphs.LOSS);
    logs.put(TrainingGraphs.LOSS, all[0] / all[1]);
    losses.forEach((name, total) -> logs.put(name, total[0] / total[1]));
    metrics.forEach(m -> put(logs, m.name(), m.metric().result(m.sums())));
    return logs;
  }

  /** Where a metric reports several numbers, each has its place behind the name. */
  private static void put(Map<String, Double> logs, String name, double[] reported) {
    for (int i = 0; i < reported.length; i++) {
      logs.put(reported.length == 1 ? name : name + "/" + i, reported[i]);
    }
  }
}
