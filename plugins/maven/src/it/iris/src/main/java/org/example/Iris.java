package org.example;

import static dev.sardonyx.nn.layers.Dense.dense;
import static dev.sardonyx.nn.layers.Input.input;
import static dev.sardonyx.nn.layers.Reshape.reshape;

import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.OnnxModel;
import dev.sardonyx.nn.Sequential;

final class Iris {
  private Iris() {}

  @OnnxModel("models/iris")
  static Model iris() {
    System.out.println("the definition runs in " + System.getProperty("user.dir"));
    return Sequential.of(
        input(4),
        reshape(2, 2),
        dense(3));
  }
}
