package dev.sardonyx.nn.initializers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shorter side's vectors have the gain as length and right angles between them. */
class OrthogonalTest {
  @ParameterizedTest
  @CsvSource({"4,4,1", "3,7,2", "8,3,0.5"})
  void vectorsAreOrthogonal(int rows, int columns, double gain) {
    float[] w =
        Orthogonal.orthogonal(gain).generate(new long[] {rows, columns}, new SplittableRandom(3));
    boolean wide = rows < columns;
    int count = Math.min(rows, columns);
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        double product = 0;
        for (int k = 0; k < Math.max(rows, columns); k++) {
          product +=
              wide
                  ? w[i * columns + k] * w[j * columns + k]
                  : w[k * columns + i] * w[k * columns + j];
        }
        assertEquals(i == j ? gain * gain : 0, product, 1e-6);
      }
    }
  }
}
