package dev.sardonyx.cli.product;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.cli.verify.Case;
import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.cli.verify.Outcome;
import dev.sardonyx.cli.verify.Settings;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.type.Datum;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.keras.Keras;
import dev.sardonyx.nn.Model;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.testkit.Npy;
import dev.sardonyx.testkit.Tolerance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A user's own case: every model in the folder, of ONNX or of Keras, is held to the arrays. */
final class OwnRunner {
  private final Product product;

  OwnRunner(Settings settings) {
    this.product = new Product(settings);
  }

  Outcome run(Case one) throws IOException {
    List<Path> models;
    try (Stream<Path> files = Files.list(one.folder())) {
      models = files.filter(OwnRunner::isModel).sorted().toList();
    }
    boolean random = false;
    for (Path model : models) {
      if (model.toString().endsWith(".onnx")) {
        random |= check(one.folder(), model);
      } else {
        checkKeras(one.folder(), model);
      }
    }
    String names =
        String.join(" ", models.stream().map(model -> model.getFileName().toString()).toList());
    return random ? Outcome.random(names) : Outcome.ok(names);
  }

  private static boolean isModel(Path file) {
    String name = file.getFileName().toString();
    return name.endsWith(".onnx")
        || name.endsWith(".keras")
        || name.endsWith(".h5") && !KerasRunner.isWeights(name)
        || name.equals(KerasRunner.ARCHITECTURE);
  }

  /** A file of Keras; an architecture has the weights that lie beside it. */
  private void checkKeras(Path folder, Path file) throws IOException {
    Path weights = folder.resolve("model.weights.h5");
    boolean alone = !file.endsWith(KerasRunner.ARCHITECTURE);
    try (Model model = alone ? Keras.load(file) : Keras.load(file, weights)) {
      List<Tensor> inputs = arrays(folder, "input").stream().map(OwnRunner::tensor).toList();
      List<Tensor> expected = arrays(folder, "expected").stream().map(OwnRunner::tensor).toList();
      List<Tensor> actual = new KerasRunner(product).predict(model, inputs, 1);
      requireCounts(file, model.inputs().size(), actual.size(), inputs.size(), expected.size());
      Tolerance tolerance = Notes.in(folder).tolerance();
      for (int i = 0; i < expected.size(); i++) {
        tolerance.check(model.outputNames().get(i), expected.get(i), actual.get(i));
      }
    }
  }

  private static Tensor tensor(Datum datum) {
    return ((Datum.Single) datum).tensor();
  }

  private boolean check(Path folder, Path model) throws IOException {
    Graph graph = OnnxFile.read(model);
    List<Datum> inputs = arrays(folder, "input");
    List<Datum> expected = arrays(folder, "expected");
    requireCounts(
        model, graph.inputs().size(), graph.outputs().size(), inputs.size(), expected.size());
    return new OutputCheck(product, graph, inputs, expected, Notes.in(folder).tolerance()).run();
  }

  private static void requireCounts(Path model, int takes, int gives, int inputs, int expected) {
    if (inputs != takes || expected != gives) {
      throw new Mismatch(
          "%s takes %s inputs and gives %s outputs; there are %s and %s"
              .formatted(model.getFileName(), takes, gives, inputs, expected));
    }
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
