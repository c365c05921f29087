package com.example.finetune;

import static dev.sardonyx.nn.Fit.epochs;
import static dev.sardonyx.nn.activations.Activation.RELU;
import static dev.sardonyx.nn.activations.Activation.SOFTMAX;
import static dev.sardonyx.nn.layers.Dense.dense;
import static dev.sardonyx.nn.layers.Dropout.dropout;
import static dev.sardonyx.nn.layers.Input.input;
import static dev.sardonyx.nn.layers.OnnxLayer.onnxLayer;
import static dev.sardonyx.nn.losses.SparseCategoricalCrossentropy.sparseCategoricalCrossentropy;
import static dev.sardonyx.nn.metrics.Accuracy.accuracy;
import static dev.sardonyx.nn.optimizers.Adam.adam;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.Sequential;
import dev.sardonyx.nn.data.Table;
import dev.sardonyx.nn.layers.OnnxLayer;
import dev.sardonyx.onnx.OnnxFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Teaches all ten digits to a network that PyTorch has trained on the first five. */
public final class Finetune {
  private Finetune() {}

  /** Images and the digits on them. */
  record Samples(Tensor images, Tensor digits) {
    /**
     * Those rows whose number is a multiple of five are for tests. The network has been trained on
     * some of the others.
     */
    static Samples of(Table table, boolean test) {
      float[] pixels = table.floatsExcept("digit").toFloatArray();
      float[] digits = table.floats("digit").toFloatArray();
      float[] chosen = new float[pixels.length];
      float[] labels = new float[digits.length];
      int count = 0;
      for (int row = 0; row < digits.length; row++) {
        if ((row % 5 == 0) == test) {
          for (int i = 0; i < 64; i++) {
            chosen[count * 64 + i] = pixels[row * 64 + i] / 16;
          }
          labels[count++] = digits[row];
        }
      }
      return new Samples(
          Tensor.of(Arrays.copyOf(chosen, count * 64), count, 1, 8, 8),
          Tensor.of(Arrays.copyOf(labels, count), count, 1));
    }
  }

  /** The accuracies on the test rows. */
  record Result(double head, double all) {}

  /** PyTorch's network up to its features; the file calls them so. */
  static OnnxLayer trunk() {
    try (InputStream in = Finetune.class.getResourceAsStream("/half.onnx")) {
      Graph half = OnnxFile.read(in, "half.onnx");
      return onnxLayer(half).upTo("view").named("trunk");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static void main(String[] args) {
    Result result = run(Path.of("target/finetune.onnx"));
    System.out.printf(Locale.ROOT, "test accuracy, head alone %.4f%n", result.head());
    System.out.printf(Locale.ROOT, "test accuracy, everything %.4f%n", result.all());
  }

  /** Trains a new head, then everything, and writes the network to {@code file}. */
  static Result run(Path file) {
    Table table = Table.resource("digits.csv");
    Samples train = Samples.of(table, false);
    Samples test = Samples.of(table, true);
    OnnxLayer trunk = trunk().trainable(false);
    try (Model model =
        Sequential.of(
            input(1, 8, 8),
            trunk,
            dropout(0.3),
            dense(64).activation(RELU),
            dropout(0.3),
            dense(10).activation(SOFTMAX))) {
      model.summary();
      double head = fit(model, 0.002, 30, train, test);
      trunk.trainable(true);
      double all = fit(model, 0.0005, 25, train, test);
      model.export(file);
      return new Result(head, all);
    }
  }

  private static double fit(Model model, double rate, int epochs, Samples train, Samples test) {
    model.compile(adam(rate), sparseCategoricalCrossentropy(), accuracy());
    model.fit(train.images(), train.digits(), epochs(epochs).batchSize(32));
    return model.evaluate(test.images(), test.digits()).get("accuracy");
  }
}
