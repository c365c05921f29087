package dev.sardonyx.cli.product;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.metrics.Metric;
import dev.sardonyx.runtime.Session;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a metric reports after each of several batches. */
record MetricCheck(Product product, KerasReference reference) {
  void run() {
    Metric metric = reference.make("metric", Metric.class);
    List<Tensor> expected = reference.numbered("result_", "");
    List<double[]> totals = new ArrayList<>();
    for (int batch = 0; batch < expected.size(); batch++) {
      add(totals, sums(metric, batch));
      double[] reported = metric.result(totals);
      Tensor want = expected.get(batch);
      reference.check("result_" + batch, want, Tensor.from(want.element(), reported, want.dims()));
    }
  }

  private List<Tensor> sums(Metric metric, int batch) {
    Map<String, Tensor> feeds = feeds(batch);
    Map<String, Value> inputs = LossCheck.inputs(feeds, true);
    Value truth = inputs.get("y_true");
    List<Value> sums = metric.sums(truth, inputs.get("y_pred"), inputs.get("sample_weight"));
    try (Session session = product.infer(Graph.of("metric", List.copyOf(inputs.values()), sums))) {
      return List.copyOf(session.run(feeds).values());
    }
  }

  /** Means and sums take the same values twice, weighted the second time. */
  private Map<String, Tensor> feeds(int batch) {
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    for (String name : List.of("y_true", "y_pred", "sample_weight")) {
      reference.present(name + "_" + batch).values().forEach(array -> feeds.put(name, array));
    }
    if (feeds.isEmpty()) {
      feeds.put("y_true", reference.array("values"));
      feeds.put("y_pred", reference.array("values"));
      if (batch > 0) {
        feeds.put("sample_weight", reference.array("sample_weight"));
      }
    }
    return feeds;
  }

  private static void add(List<double[]> totals, List<Tensor> sums) {
    for (int k = 0; k < sums.size(); k++) {
      double[] sum = sums.get(k).toDoubleArray();
      if (totals.size() == k) {
        totals.add(new double[sum.length]);
      }
      for (int i = 0; i < sum.length; i++) {
        totals.get(k)[i] += sum[i];
      }
    }
  }
}
