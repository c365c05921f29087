package dev.sardonyx.cli.product;

import dev.sardonyx.cli.verify.Case;
import dev.sardonyx.cli.verify.Kind;
import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.cli.verify.Outcome;
import dev.sardonyx.cli.verify.Settings;
import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Datum;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.onnx.DataFile;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.onnx.TensorFile;
import dev.sardonyx.runtime.Session;
import dev.sardonyx.testkit.Evaluate;
import dev.sardonyx.testkit.Tolerance;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Cases of the standard's layout: an ONNX file, what it gives, and its gradients. */
final class OnnxRunner {
  private final Settings settings;
  private final Product product;

  OnnxRunner(Settings settings) {
    this.settings = settings;
    this.product = new Product(settings);
  }

  Outcome run(Case one) throws IOException {
    Notes notes = Notes.in(one.folder());
    Graph graph = OnnxFile.read(one.folder().resolve("model.onnx"));
    if (settings.kinds().equals(Set.of(Kind.DIFFERENCES))) {
      return new DifferencesRunner(product).run(graph, one.folder());
    }
    String checked = "";
    boolean random = false;
    if (settings.kinds().contains(Kind.OUTPUTS)) {
      for (DataSet set : DataSet.of(one.folder(), "test_data_set_")) {
        random |= checkOutputs(graph, set, notes.tolerance());
        checked = "outputs";
      }
    }
    if (settings.kinds().contains(Kind.GRADIENTS)) {
      for (DataSet set : DataSet.of(one.folder(), "gradients_")) {
        checkGradients(graph, set, notes.gradientTolerance());
        checked = checked.endsWith("gradients") ? checked : (checked + " gradients").strip();
      }
    }
    return random ? Outcome.random(checked) : Outcome.ok(checked);
  }

  /** Returns whether some of them are random by definition. */
  private boolean checkOutputs(Graph graph, DataSet set, Tolerance tolerance) {
    List<Datum> inputs = data(set, "input", graph.inputs());
    List<Datum> expected = data(set, "output", graph.outputs());
    return new OutputCheck(product, graph, inputs, expected, tolerance).run();
  }

  private static List<Datum> data(DataSet set, String kind, List<Value> values) {
    return set.read(kind, values.stream().map(Value::type).toList()).stream()
        .map(DataFile::datum)
        .toList();
  }

  private void checkGradients(Graph graph, DataSet set, Tolerance tolerance) {
    Map<String, Tensor> expected = byName(set.tensors("gradient"));
    List<Tensor> point = set.tensors("input").stream().map(TensorFile::tensor).toList();
    if (point.size() != graph.inputs().size() || expected.isEmpty()) {
      throw new Mismatch(
          "%s has %s inputs and %s gradients, the model %s inputs"
              .formatted(set.name(), point.size(), expected.size(), graph.inputs().size()));
    }
    Map<String, Tensor> feeds = new LinkedHashMap<>(Evaluate.byName(graph, point));
    byName(set.tensors("cotangent"))
        .forEach((name, tensor) -> feeds.put("cotangent(" + name + ")", tensor));
    Graph gradients = Gradients.of(graph, List.copyOf(expected.keySet()));
    try (Session session = product.train(gradients)) {
      Map<String, Tensor> actual = session.run(feeds);
      expected.forEach(
          (name, tensor) ->
              tolerance.check("gradient " + name, tensor, actual.get("gradient(" + name + ")")));
    }
  }

  private static Map<String, Tensor> byName(List<TensorFile> files) {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    files.forEach(file -> tensors.put(file.name(), file.tensor()));
    return tensors;
  }
}
