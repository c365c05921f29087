package dev.sardonyx.cli.product;

import dev.sardonyx.cli.verify.Case;
import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.cli.verify.Outcome;
import dev.sardonyx.cli.verify.Settings;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.onnx.TensorFile;
import dev.sardonyx.runtime.Session;
import dev.sardonyx.testkit.Tolerance;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What ONNX Runtime makes of a file by itself. It knows no gradients. */
final class DirectRunner {
  private final Settings settings;

  DirectRunner(Settings settings) {
    this.settings = settings;
  }

  Outcome run(Case one) throws IOException {
    Tolerance tolerance = Notes.in(one.folder()).tolerance();
    try (Session session =
        Session.open(one.folder().resolve("model.onnx"), Product.options(settings))) {
      for (DataSet set : DataSet.of(one.folder(), "test_data_set_")) {
        check(session, set, tolerance);
      }
    }
    return Outcome.ok("outputs");
  }

  private static void check(Session session, DataSet set, Tolerance tolerance) {
    List<Tensor> inputs = set.tensors("input").stream().map(TensorFile::tensor).toList();
    List<Tensor> expected = set.tensors("output").stream().map(TensorFile::tensor).toList();
    List<String> names = new ArrayList<>(session.inputs().keySet());
    if (names.size() < inputs.size()) {
      throw new Mismatch(inputs.size() + " inputs are given, the model takes " + names);
    }
    Map<String, Tensor> feeds = new LinkedHashMap<>();
    for (int i = 0; i < inputs.size(); i++) {
      feeds.put(names.get(i), inputs.get(i));
    }
    List<Map.Entry<String, Tensor>> actual = List.copyOf(session.run(feeds).entrySet());
    for (int i = 0; i < expected.size(); i++) {
      Map.Entry<String, Tensor> output = actual.get(i);
      tolerance.check("output " + output.getKey(), expected.get(i), output.getValue());
    }
  }
}
