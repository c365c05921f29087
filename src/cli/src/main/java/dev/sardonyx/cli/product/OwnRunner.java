package dev.sardonyx.cli.product;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.cli.Refusal;
import dev.sardonyx.cli.verify.Case;
import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.cli.verify.Outcome;
import dev.sardonyx.cli.verify.Reason;
import dev.sardonyx.cli.verify.Settings;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.type.Datum;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.testkit.Npy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A user's own case: every ONNX file in the folder is held to the arrays beside it. */
final class OwnRunner {
  private final Product product;

  OwnRunner(Settings settings) {
    this.product = new Product(settings);
  }

  Outcome run(Case one) throws IOException {
    List<Path> models;
    try (Stream<Path> files = Files.list(one.folder())) {
      models =
          files.filter(file -> file.getFileName().toString().endsWith(".onnx")).sorted().toList();
    }
    if (models.isEmpty()) {
      return Outcome.failed(Reason.of(Refusal.notYet("Keras files", one.name())));
    }
    boolean random = false;
    for (Path model : models) {
      random |= check(one.folder(), model);
    }
    String names =
        String.join(" ", models.stream().map(model -> model.getFileName().toString()).toList());
    return random ? Outcome.random(names) : Outcome.ok(names);
  }

  private boolean check(Path folder, Path model) throws IOException {
    Graph graph = OnnxFile.read(model);
    List<Datum> inputs = arrays(folder, "input");
    List<Datum> expected = arrays(folder, "expected");
    if (inputs.size() != graph.inputs().size() || expected.size() != graph.outputs().size()) {
      throw new Mismatch(
          "%s takes %s inputs and gives %s outputs; there are %s and %s"
              .formatted(
                  model.getFileName(),
                  graph.inputs().size(),
                  graph.outputs().size(),
                  inputs.size(),
                  expected.size()));
    }
    return new OutputCheck(product, graph, inputs, expected, Notes.in(folder).tolerance()).run();
  }

  /** {@code kind_0}, {@code kind_1}, …: {@code .npy}, or {@code .json} for strings. */
  private static List<Datum> arrays(Path folder, String kind) throws IOException {
    List<Datum> arrays = new ArrayList<>();
    while (true) {
      Path numbers = folder.resolve(kind + "_" + arrays.size() + ".npy");
      Path strings = folder.resolve(kind + "_" + arrays.size() + ".json");
      if (Files.exists(numbers)) {
        arrays.add(new Datum.Single(Npy.read(numbers)));
      } else if (Files.exists(strings)) {
        arrays.add(new Datum.Single(strings(JSON.std.mapFrom(strings.toFile()))));
      } else {
        return arrays;
      }
    }
  }

  /** {@code {"shape": [2], "data": ["a", "b"]}}. */
  private static Tensor strings(Map<String, Object> map) {
    List<String> data = ((List<?>) map.get("data")).stream().map(String::valueOf).toList();
    long[] dims =
        ((List<?>) map.get("shape")).stream().mapToLong(d -> ((Number) d).longValue()).toArray();
    return Tensor.ofStrings(data, data.size()).reshape(dims);
  }
}
