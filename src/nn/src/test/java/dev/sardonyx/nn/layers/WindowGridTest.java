package dev.sardonyx.nn.layers;

import static dev.sardonyx.nn.layers.Padding.SAME;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.initializers.Ones;
import dev.sardonyx.testkit.Evaluate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * TensorFlow's rule for padding, written out: the sum or the mean or the maximum over each window,
 * for images of fixed size and, where the same graph must do for all, of any size.
 */
class WindowGridTest {
  /** Extents of images on which windows overlap, touch, and leave gaps. */
  private static final int[] EXTENTS = {4, 5, 6, 7, 8, 9, 10};

  record Row(int window, int stride, boolean ofAnySize) {}

  static Stream<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (int window = 1; window <= 4; window++) {
      for (int stride = 1; stride <= 5; stride++) {
        rows.add(new Row(window, stride, false));
        rows.add(new Row(window, stride, true));
      }
    }
    return rows.stream();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void convolutions(Row row) {
    compare(
        row,
        () ->
            Conv2D.conv2d(1, row.window())
                .strides(row.stride())
                .padding(SAME)
                .kernelInitializer(Ones.ones()),
        WindowGridTest::sum);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void pools(Row row) {
    compare(
        row,
        () -> AveragePooling2D.averagePooling2d(row.window()).strides(row.stride()).padding(SAME),
        window -> sum(window) / window.size());
    compare(
        row,
        () -> MaxPooling2D.maxPooling2d(row.window()).strides(row.stride()).padding(SAME),
        window -> window.stream().mapToDouble(x -> x).max().orElseThrow());
  }

  private static double sum(List<Double> window) {
    return window.stream().mapToDouble(x -> x).sum();
  }

  interface OfWindow {
    double of(List<Double> elements);
  }

  private static void compare(Row row, Supplier<Layer> layer, OfWindow ofWindow) {
    for (int extent : EXTENTS) {
      Tensor image = image(extent);
      List<Double> expected = expected(row, extent, image, ofWindow);
      double[] actual = run(row, layer.get(), image);
      assertEquals(expected.size(), actual.length, "windows for " + extent);
      for (int i = 0; i < actual.length; i++) {
        assertEquals(expected.get(i), actual[i], 1e-4, "window " + i + " for " + extent);
      }
    }
  }

  /** One row of pixels: each has a value of its own, none of them positive. */
  private static Tensor image(int extent) {
    float[] pixels = new float[extent];
    for (int i = 0; i < extent; i++) {
      pixels[i] = -(i * i + 1);
    }
    return Tensor.of(pixels, 1, 1, extent, 1);
  }

  private static List<Double> expected(Row row, int extent, Tensor image, OfWindow ofWindow) {
    int windows = (extent + row.stride() - 1) / row.stride();
    int padding = Math.max((windows - 1) * row.stride() + row.window() - extent, 0);
    List<Double> results = new ArrayList<>();
    for (int w = 0; w < windows; w++) {
      List<Double> inside = new ArrayList<>();
      for (int k = 0; k < row.window(); k++) {
        int at = w * row.stride() + k - padding / 2;
        if (at >= 0 && at < extent) {
          inside.add(image.getDouble(at));
        }
      }
      results.add(ofWindow.of(inside));
    }
    return results;
  }

  private static double[] run(Row row, Layer layer, Tensor image) {
    TensorType type = row.ofAnySize() ? TensorType.parse("float32[N,H,W,1]") : image.type();
    Value x = Value.input("x", type);
    ProbeCall call = new ProbeCall(false);
    Value y = layer.lower(call, List.of(x)).get(0);
    List<Value> inputs = new ArrayList<>(List.of(x));
    inputs.addAll(call.weights.values());
    Graph graph = Graph.of("windows", inputs, Map.of("y", y));
    List<Tensor> given = new ArrayList<>(List.of(image));
    layer
        .weights()
        .forEach(w -> given.add(Tensor.full(ElementType.FLOAT32, isKernel(w), w.dims())));
    return Evaluate.run(graph, given).get(0).toDoubleArray();
  }

  private static double isKernel(Weight weight) {
    return weight.name().equals("kernel") ? 1 : 0;
  }
}
