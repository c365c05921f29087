package com.example.iris;

import static dev.sardonyx.nn.activations.Activation.SOFTMAX;
import static dev.sardonyx.nn.layers.Dense.dense;
import static dev.sardonyx.nn.layers.Input.input;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.OnnxModel;
import dev.sardonyx.nn.Sequential;

/**
 * Tells three species of iris apart by R. A. Fisher's linear discriminants of his 150 flowers (The
 * use of multiple measurements in taxonomic problems, 1936). Softmax makes probabilities of them.
 */
final class IrisModel {
  private static final float[][] WEIGHTS = {
    //  setosa, versicolor, virginica
    {23.54417f, 15.69821f, 12.44585f}, // sepal length in cm
    {23.58787f, 7.07251f, 3.68528f}, // sepal width
    {-16.43064f, 5.21145f, 12.76654f}, // petal length
    {-17.39841f, 6.43423f, 21.07911f}, // petal width
  };
  private static final float[] CONSTANTS = {-85.20986f, -71.75400f, -103.26971f};

  private IrisModel() {}

  /** Becomes the resource {@code /iris.onnx}. */
  @OnnxModel("iris")
  static Model iris() {
    Model model =
        Sequential.of(
            input(4).named("measurements"), dense(3).activation(SOFTMAX).named("species"));
    model.setWeight("species/kernel", Tensor.of(WEIGHTS));
    model.setWeight("species/bias", Tensor.of(CONSTANTS));
    return model;
  }
}
