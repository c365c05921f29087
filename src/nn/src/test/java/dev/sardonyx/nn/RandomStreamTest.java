package dev.sardonyx.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.onnx.OnnxFile;
import dev.sardonyx.runtime.Session;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The numbers look uniform and independent, by moments over many of them. */
class RandomStreamTest {
  private static final int N = 100_000;
  private static final Tensor SHAPE = Tensor.zeros(ElementType.FLOAT32, N);
  private static final Session SESSION = open();

  private static Session open() {
    Value key = Value.input("key", TensorType.scalar(ElementType.INT64));
    Value step = Value.input("step", TensorType.scalar(ElementType.INT64));
    Value like = Value.input("like", TensorType.parse("float32[N]"));
    RandomStream stream = new RandomStream(key, step);
    Value first = stream.uniformLike(like);
    Value second = stream.uniformLike(like);
    Graph graph =
        Graph.of("random", List.of(key, step, like), List.of(first, second), List.of("a", "b"));
    return Session.open(OnnxFile.bytes(graph));
  }

  @AfterAll
  static void close() {
    SESSION.close();
  }

  private static double[] draw(long key, long step, String call) {
    Map<String, Tensor> inputs =
        Map.of("key", Tensor.scalar(key), "step", Tensor.scalar(step), "like", SHAPE);
    return SESSION.run(inputs).get(call).toDoubleArray();
  }

  @Test
  void isAFunctionOfKeyStepAndCall() {
    assertEquals(draw(1, 2, "a")[7], draw(1, 2, "a")[7]);
    assertNotEquals(draw(1, 2, "a")[7], draw(1, 2, "b")[7]);
    assertNotEquals(draw(1, 2, "a")[7], draw(1, 3, "a")[7]);
    assertNotEquals(draw(1, 2, "a")[7], draw(2, 2, "a")[7]);
  }

  @Test
  void isUniform() {
    for (long key : new long[] {0, 1, -1, 123456789012345L}) {
      double[] u = draw(key, 5, "a");
      double mean = 0;
      double square = 0;
      int[] bins = new int[100];
      for (double value : u) {
        assertTrue(value >= 0 && value < 1);
        mean += value / N;
        square += value * value / N;
        bins[(int) (100 * value)]++;
      }
      assertEquals(0.5, mean, 5 * Math.sqrt(1.0 / 12 / N));
      assertEquals(1.0 / 3, square, 5 * Math.sqrt(4.0 / 45 / N));
      double chiSquare = 0;
      for (int count : bins) {
        chiSquare += (count - N / 100.0) * (count - N / 100.0) / (N / 100.0);
      }
      // 99 degrees of freedom: mean 99, standard deviation 14.
      assertTrue(chiSquare > 99 - 5 * 14 && chiSquare < 99 + 5 * 14, "chi-square " + chiSquare);
    }
  }

  @Test
  void neighboursStepsCallsAndKeysAreUncorrelated() {
    double[] u = draw(1, 5, "a");
    double[] shifted = new double[N];
    System.arraycopy(u, 1, shifted, 0, N - 1);
    shifted[N - 1] = u[0];
    assertUncorrelated(u, shifted);
    assertUncorrelated(u, draw(1, 6, "a"));
    assertUncorrelated(u, draw(1, 5, "b"));
    assertUncorrelated(u, draw(2, 5, "a"));
    assertUncorrelated(draw(0, 0, "a"), draw(0, 1, "a"));
  }

  private static void assertUncorrelated(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < N; i++) {
      sum += (a[i] - 0.5) * (b[i] - 0.5);
    }
    assertEquals(0, 12 * sum / N, 5 / Math.sqrt(N));
  }
}
