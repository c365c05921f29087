package com.example.iris;

import static dev.sardonyx.nn.Fit.epochs;
import static dev.sardonyx.nn.activations.Activation.RELU;
import static dev.sardonyx.nn.activations.Activation.SOFTMAX;
import static dev.sardonyx.nn.layers.Dense.dense;
import static dev.sardonyx.nn.layers.Input.input;
import static dev.sardonyx.nn.losses.SparseCategoricalCrossentropy.sparseCategoricalCrossentropy;
import static dev.sardonyx.nn.metrics.Accuracy.accuracy;
import static dev.sardonyx.nn.optimizers.Adam.adam;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.Sequential;
import dev.sardonyx.nn.data.Table;
import dev.sardonyx.runtime.Session;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells three species of iris apart: trains, writes ONNX files, and runs one of them. */
public final class Iris {
  private static final String[] MEASURES = {
    "sepal_length", "sepal_width", "petal_length", "petal_width"
  };

  private Iris() {}

  public static void main(String[] args) throws IOException {
    double accuracy = run(Path.of(args.length > 0 ? args[0] : "target"));
    System.out.printf(Locale.ROOT, "test accuracy %.4f%n", accuracy);
  }

  /** Trains, writes the files into {@code target}, and returns the accuracy on the last third. */
  static double run(Path target) throws IOException {
    Table.Split iris = Table.resource("iris.csv").shuffled(7).split(2.0 / 3);
    Tensor x = iris.first().floats(MEASURES);
    Tensor y = iris.first().categories("species").labels();
    Tensor testX = iris.second().floats(MEASURES);
    Tensor testY = iris.second().categories("species").labels();

    try (Model model =
        Sequential.of(
            input(4).named("measures"),
            dense(16).activation(RELU),
            dense(16).activation(RELU),
            dense(3).activation(SOFTMAX).named("species"))) {
      model.summary();
      model.compile(adam(0.01), sparseCategoricalCrossentropy(), accuracy());
      model.exportTraining(target.resolve("iris"));
      model.fit(x, y, epochs(60).batchSize(16));
      model.export(target.resolve("iris.onnx"));
      showThatTheFileAgrees(target.resolve("iris.onnx"), testX, model.predict(testX));
      writePredictions(target.resolve("iris/predictions.csv"), testX, model.predict(testX));
      return model.evaluate(testX, testY).get("accuracy");
    }
  }

  /** From here on nothing but the runtime is needed: this is what an application does. */
  private static void showThatTheFileAgrees(Path file, Tensor x, Tensor expected) {
    try (Session session = Session.open(file)) {
      System.out.println(file + " takes " + session.inputs() + " and gives " + session.outputs());
      Tensor species = session.run(Map.of("measures", x)).get("species");
      float[] a = expected.toFloatArray();
      float[] b = species.toFloatArray();
      float difference = 0;
      for (int i = 0; i < a.length; i++) {
        difference = Math.max(difference, Math.abs(a[i] - b[i]));
      }
      System.out.printf(
          Locale.ROOT,
          "largest difference between the model and its file on %d flowers: %.1e%n",
          x.dims()[0],
          difference);
    }
  }

  private static void writePredictions(Path file, Tensor x, Tensor p) throws IOException {
    StringBuilder text = new StringBuilder(String.join(",", MEASURES));
    List.of("setosa", "versicolor", "virginica").forEach(s -> text.append(",p_").append(s));
    for (int row = 0; row < x.dims()[0]; row++) {
      text.append('\n');
      for (int i = 0; i < 4; i++) {
        text.append(x.getDouble(4L * row + i)).append(',');
      }
      for (int k = 0; k < 3; k++) {
        text.append((float) p.getDouble(3L * row + k)).append(k < 2 ? "," : "");
      }
    }
    Files.writeString(file, text.append('\n'));
  }
}
