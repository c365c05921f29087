package dev.sardonyx.nn.layers;

import static dev.sardonyx.nn.layers.Input.input;
import static dev.sardonyx.nn.layers.MaxPooling2D.maxPooling2d;
import static dev.sardonyx.nn.layers.ZeroPadding2D.zeroPadding2d;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Model;
import org.junit.jupiter.api.Test;

class ZeroBorderTest {
  /** Keras's ResNet50V2 has this pool behind numbers of either sign. */
  @Test
  void zerosAroundAnImageCountInAPoolOfMaxima() {
    Input x = input(2, 2, 2);
    SymbolicTensor pooled = maxPooling2d(2).strides(1).apply(zeroPadding2d(1).apply(x));
    try (Model model = Model.of(x, pooled)) {
      Tensor y = model.predict(Tensor.of(new float[] {-1, -5, -2, -6, -3, -7, -4, -8}, 1, 2, 2, 2));
      float[] expected = new float[3 * 3 * 2];
      expected[8] = -1;
      expected[9] = -5;
      assertArrayEquals(expected, y.toFloatArray());
    }
  }
}
