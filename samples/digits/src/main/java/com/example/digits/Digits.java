package com.example.digits;

import static dev.sardonyx.nn.Fit.epochs;
import static dev.sardonyx.nn.activations.Activation.RELU;
import static dev.sardonyx.nn.activations.Activation.SOFTMAX;
import static dev.sardonyx.nn.layers.Conv2D.conv2d;
import static dev.sardonyx.nn.layers.Dense.dense;
import static dev.sardonyx.nn.layers.Dropout.dropout;
import static dev.sardonyx.nn.layers.Flatten.flatten;
import static dev.sardonyx.nn.layers.Input.input;
import static dev.sardonyx.nn.layers.MaxPooling2D.maxPooling2d;
import static dev.sardonyx.nn.layers.Padding.SAME;
import static dev.sardonyx.nn.losses.SparseCategoricalCrossentropy.sparseCategoricalCrossentropy;
import static dev.sardonyx.nn.metrics.Accuracy.accuracy;
import static dev.sardonyx.nn.optimizers.Adam.adam;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.Sequential;
import dev.sardonyx.nn.data.Table;
import java.nio.file.Path;
import java.util.Locale;

/** Reads hand-written digits of 8 by 8 pixels, with a network in the manner of LeNet-5. */
public final class Digits {
  private Digits() {}

  static Model build() {
    return Sequential.of(
        input(8, 8, 1),
        conv2d(16, 3).padding(SAME).activation(RELU),
        maxPooling2d(2),
        conv2d(32, 3).padding(SAME).activation(RELU),
        maxPooling2d(2),
        flatten(),
        dense(64).activation(RELU),
        dropout(0.3),
        dense(10).activation(SOFTMAX));
  }

  /** Pixels between 0 and 1, as images of one channel. */
  static Tensor images(Table digits) {
    float[] pixels = digits.floatsExcept("digit").toFloatArray();
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] /= 16;
    }
    return Tensor.of(pixels, digits.rows(), 8, 8, 1);
  }

  public static void main(String[] args) {
    System.out.printf(Locale.ROOT, "test accuracy %.4f%n", run(Path.of("target/digits.onnx")));
  }

  /** Trains, writes the network to {@code file}, and returns the accuracy on the last fifth. */
  static double run(Path file) {
    Table.Split data = Table.resource("digits.csv").shuffled(1).split(0.8);
    try (Model model = build()) {
      model.summary();
      model.compile(adam(0.002), sparseCategoricalCrossentropy(), accuracy());
      model.fit(images(data.first()), data.first().floats("digit"), epochs(30).batchSize(32));
      model.export(file);
      return model.evaluate(images(data.second()), data.second().floats("digit")).get("accuracy");
    }
  }
}
