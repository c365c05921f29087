package dev.sardonyx.cli.product;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.cli.verify.Mismatch;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Compilation;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.losses.Loss;
import dev.sardonyx.nn.optimizers.Optimizer;
import dev.sardonyx.runtime.Session;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A whole model: what it predicts, its output and gradients in training, and five steps. */
record ModelCheck(Product product, KerasReference reference) {
  private static final int STEPS = 5;

  void run() throws IOException {
    try (Model model = Model.fromConfig(architecture())) {
      setWeights(model);
      model.compile(
          Compilation.of(
              reference.make("optimizer", Optimizer.class), reference.make("loss", Loss.class)));
      Tensor x = reference.array("x");
      reference.check("inference_output", reference.array("inference_output"), model.predict(x));
      checkTrainingOutput(model, x);
      checkGradients(model, x);
      checkSteps(model, x);
    }
  }

  /** The member of Keras's zip that says what the model is made of. */
  private Map<String, Object> architecture() throws IOException {
    try (ZipFile zip = new ZipFile(reference.folder().resolve("model.keras").toFile())) {
      ZipEntry entry = zip.getEntry("config.json");
      if (entry == null) {
        throw new Mismatch("model.keras has no config.json");
      }
      try (InputStream in = zip.getInputStream(entry)) {
        return JSON.std.mapFrom(in);
      }
    }
  }

  /** Keras's weights in order are ours in order: every shape is checked. */
  private void setWeights(Model model) {
    List<Tensor> first = reference.numbered("w", "_0");
    List<String> names = List.copyOf(model.weightValues().keySet());
    if (first.size() != names.size()) {
      throw new Mismatch("Keras has %s weights, we %s".formatted(first.size(), names));
    }
    Map<String, Tensor> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), first.get(i));
    }
    model.setWeights(values);
  }

  private void checkTrainingOutput(Model model, Tensor x) {
    Value input = Value.input("x", x.type());
    List<Value> outputs =
        model.lower(
            new TrainingCall(model), List.of(input.cast(model.inputs().get(0).type().element())));
    try (Session session = product.train(Graph.of("training", List.of(input), outputs))) {
      Tensor actual = session.run(Map.of("x", x)).values().iterator().next();
      reference.check("training_output", reference.array("training_output"), actual);
    }
  }

  /** By the exported file of gradients, which any runtime can run. */
  private void checkGradients(Model model, Tensor x) throws IOException {
    Path files = Files.createTempDirectory("gradients");
    model.exportTraining(files);
    try (Session session = Session.open(files.resolve("gradients.onnx"))) {
      Map<String, Tensor> feeds = new LinkedHashMap<>(model.weightValues());
      feeds.put(model.inputNames().get(0), like(session, model.inputNames().get(0), x));
      feeds.put("target", like(session, "target", reference.array("y")));
      feeds.keySet().retainAll(session.inputs().keySet());
      Map<String, Tensor> results = session.run(feeds);
      int k = 0;
      for (String name : model.weightValues().keySet()) {
        Tensor gradient = results.get("gradient(" + name + ")");
        if (gradient != null) {
          String expected = "g%s_1".formatted(k++);
          reference.check(expected + " " + name, reference.array(expected), gradient);
        }
      }
      if (k != reference.numbered("g", "_1").size()) {
        throw new Mismatch("there are gradients of %s weights".formatted(k));
      }
    }
  }

  private static Tensor like(Session session, String input, Tensor array) {
    return Tensor.from(session.inputs().get(input).element(), array.toDoubleArray(), array.dims());
  }

  private void checkSteps(Model model, Tensor x) {
    float[] losses = new float[STEPS];
    for (int step = 1; step <= STEPS; step++) {
      losses[step - 1] = model.trainOnBatch(x, reference.array("y")).get("loss").floatValue();
      List<Tensor> expected = reference.numbered("w", "_" + step);
      List<Map.Entry<String, Tensor>> weights = List.copyOf(model.weightValues().entrySet());
      for (int i = 0; i < expected.size(); i++) {
        String name = "w%s_%s %s".formatted(i, step, weights.get(i).getKey());
        reference.check(name, expected.get(i), weights.get(i).getValue());
      }
    }
    reference.check("losses", reference.array("losses"), Tensor.of(losses));
  }
}
