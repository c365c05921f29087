package dev.sardonyx.cli.verify;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.testkit.OnnxCase;
import dev.sardonyx.testkit.Tolerance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Cases of the standard's layout: an ONNX file, and what it gives. */
final class OnnxRunner implements CaseRunner {
  private final Settings settings;

  OnnxRunner(Settings settings) {
    this.settings = settings;
  }

  @Override
  public Outcome run(Case one) throws IOException {
    OnnxCase files = new OnnxCase(one.folder());
    Graph graph = OnnxFile.read(files.model());
    List<Tensor> expected = files.outputs();
    Product product = new Product(settings);
    List<Tensor> actual = product.run(graph, files.inputs());
    InferredTypes.check(graph, files.inputs(), actual);
    for (int i = 0; i < expected.size(); i++) {
      tolerance(one.folder(), "rtol", "atol")
          .check("output " + graph.outputNames().get(i), expected.get(i), actual.get(i));
    }
    return Outcome.ok("outputs");
  }

  private static Tolerance tolerance(Path folder, String relative, String absolute)
      throws IOException {
    Tolerance standard = Tolerance.STANDARD;
    Path notes = folder.resolve("case.json");
    if (!Files.exists(notes)) {
      return standard;
    }
    Map<String, Object> map = JSON.std.mapFrom(notes.toFile());
    return new Tolerance(
        ((Number) map.getOrDefault(relative, standard.relative())).doubleValue(),
        ((Number) map.getOrDefault(absolute, standard.absolute())).doubleValue());
  }
}
