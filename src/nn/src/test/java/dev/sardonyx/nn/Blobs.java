package dev.sardonyx.nn;

import static dev.sardonyx.nn.activations.Activation.SOFTMAX;
import static dev.sardonyx.nn.activations.Activation.TANH;
import static dev.sardonyx.nn.layers.Dense.dense;
import static dev.sardonyx.nn.layers.Dropout.dropout;
import static dev.sardonyx.nn.layers.Input.input;

import dev.sardonyx.ir.type.Tensor;
import java.util.SplittableRandom;

/** A small problem: points of three classes around three centres. */
final class Blobs {
  final Tensor x;
  final Tensor y;

  Blobs(int rows) {
    SplittableRandom random = new SplittableRandom(5);
    float[] points = new float[2 * rows];
    long[] labels = new long[rows];
    for (int i = 0; i < rows; i++) {
      labels[i] = i % 3;
      double angle = 2 * Math.PI * labels[i] / 3;
      points[2 * i] = (float) (2 * Math.cos(angle) + random.nextDouble() - 0.5);
      points[2 * i + 1] = (float) (2 * Math.sin(angle) + random.nextDouble() - 0.5);
    }
    x = Tensor.of(points, rows, 2);
    y = Tensor.of(labels);
  }

  /** A network with dropout, so that the random numbers of steps matter. */
  static Model network() {
    return Sequential.of(
        input(2), dense(8).activation(TANH), dropout(0.2), dense(3).activation(SOFTMAX));
  }
}
