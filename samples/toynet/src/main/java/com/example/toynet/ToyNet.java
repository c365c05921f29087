package com.example.toynet;

import static dev.sardonyx.nn.activations.Activation.SIGMOID;
import static dev.sardonyx.nn.layers.Dense.dense;
import static dev.sardonyx.nn.layers.Input.input;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.Sequential;
import java.util.Locale;
import java.util.Map;

/** Three layers of two sigmoid neurons, with the weights of the lectures. */
public final class ToyNet {
  private ToyNet() {}

  /** A kernel has a column for each neuron: what the lectures write as rows. */
  static Model build() {
    Model net =
        Sequential.of(
            input(2),
            dense(2).activation(SIGMOID).named("layer1"),
            dense(2).activation(SIGMOID).named("layer2"),
            dense(2).activation(SIGMOID).named("layer3"));
    net.setWeights(
        Map.of(
            "layer1/kernel", Tensor.of(new float[][] {{1, -1}, {-2, 1}}),
            "layer1/bias", Tensor.of(new float[] {1, 0}),
            "layer2/kernel", Tensor.of(new float[][] {{2, -2}, {-1, -1}}),
            "layer2/bias", Tensor.of(new float[] {0, 0}),
            "layer3/kernel", Tensor.of(new float[][] {{3, -1}, {-1, 4}}),
            "layer3/bias", Tensor.of(new float[] {-2, 2})));
    return net;
  }

  /** The outputs for each point, two numbers a point. */
  static float[] evaluate(float[][] points) {
    try (Model net = build()) {
      return net.predict(Tensor.of(points)).toFloatArray();
    }
  }

  public static void main(String[] args) {
    try (Model net = build()) {
      net.summary();
    }
    float[][] points = {{1, -1}, {0, 0}};
    float[] f = evaluate(points);
    for (int i = 0; i < points.length; i++) {
      float[] x = points[i];
      System.out.printf(
          Locale.ROOT, "f(%.0f, %.0f) = (%.2f, %.2f)%n", x[0], x[1], f[2 * i], f[2 * i + 1]);
    }
  }
}
