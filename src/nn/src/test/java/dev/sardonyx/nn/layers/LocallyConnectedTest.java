package dev.sardonyx.nn.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.testkit.Evaluate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Locally connected layers against Keras 2's own description: a list of pairs of an input and a
 * result, each with a weight, in each of its three forms.
 */
class LocallyConnectedTest {
  private static final int HEIGHT = 4;
  private static final int WIDTH = 5;
  private static final int CHANNELS = 2;
  private static final int FILTERS = 3;
  private static final int[] WINDOW = {3, 2};
  private static final int[] STRIDES = {1, 2};

  record Row(int implementation, boolean last, boolean same) {
    int places(int axis) {
      int extent = axis == 0 ? HEIGHT : WIDTH;
      return (extent - (same ? 0 : WINDOW[axis] - 1) + STRIDES[axis] - 1) / STRIDES[axis];
    }

    int input(int h, int w, int c) {
      return last ? (h * WIDTH + w) * CHANNELS + c : (c * HEIGHT + h) * WIDTH + w;
    }

    int result(int h, int w, int f) {
      return last ? (h * places(1) + w) * FILTERS + f : (f * places(0) + h) * places(1) + w;
    }

    int results() {
      return places(0) * places(1) * FILTERS;
    }
  }

  /**
   * Input and result, by their places in flat tensors, and the weight's place in the first form.
   */
  record Pair(int input, int result, int first) {}

  static Stream<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (boolean last : new boolean[] {true, false}) {
      rows.add(new Row(1, last, false));
      for (boolean same : new boolean[] {true, false}) {
        rows.add(new Row(2, last, same));
        rows.add(new Row(3, last, same));
      }
    }
    return rows.stream();
  }

  private static List<Pair> pairs(Row row) {
    List<Pair> pairs = new ArrayList<>();
    for (int oh = 0; oh < row.places(0); oh++) {
      for (int ow = 0; ow < row.places(1); ow++) {
        for (int kh = 0; kh < WINDOW[0]; kh++) {
          for (int kw = 0; kw < WINDOW[1]; kw++) {
            int h = oh * STRIDES[0] + kh - (row.same() ? WINDOW[0] / 2 : 0);
            int w = ow * STRIDES[1] + kw - (row.same() ? WINDOW[1] / 2 : 0);
            if (h >= 0 && h < HEIGHT && w >= 0 && w < WIDTH) {
              add(pairs, row, new int[] {oh, ow, kh, kw, h, w});
            }
          }
        }
      }
    }
    pairs.sort(Comparator.comparingInt(Pair::result).thenComparingInt(Pair::input));
    return pairs;
  }

  private static void add(List<Pair> pairs, Row row, int[] at) {
    int window = WINDOW[0] * WINDOW[1];
    int place = at[0] * row.places(1) + at[1];
    int element = at[2] * WINDOW[1] + at[3];
    for (int c = 0; c < CHANNELS; c++) {
      int feature = row.last() ? element * CHANNELS + c : c * window + element;
      for (int f = 0; f < FILTERS; f++) {
        int first = (place * window * CHANNELS + feature) * FILTERS + f;
        pairs.add(new Pair(row.input(at[4], at[5], c), row.result(at[0], at[1], f), first));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyPairHasItsWeight(Row row) {
    LocallyConnected2D layer =
        LocallyConnected2D.locallyConnected2d(FILTERS, 3, 2)
            .strides(1, 2)
            .implementation(row.implementation())
            .padding(row.same() ? Padding.SAME : Padding.VALID)
            .dataFormat(row.last() ? DataFormat.CHANNELS_LAST : DataFormat.CHANNELS_FIRST);
    Tensor x = row.last() ? random(2, HEIGHT, WIDTH, CHANNELS) : random(2, CHANNELS, HEIGHT, WIDTH);
    Value input = Value.input("x", x.type());
    ProbeCall call = new ProbeCall(false);
    Value y = layer.lower(call, List.of(input)).get(0);
    Tensor kernel = random(layer.weights().get(0).dims());
    Tensor bias = random(layer.weights().get(1).dims());
    List<Value> inputs = new ArrayList<>(List.of(input));
    inputs.addAll(call.weights.values());
    Graph graph = Graph.of("local", inputs, Map.of("y", y));
    double[] actual = Evaluate.run(graph, List.of(x, kernel, bias)).get(0).toDoubleArray();
    assertArrayEquals(expected(row, x, kernel, bias), actual, 1e-5);
  }

  private static double[] expected(Row row, Tensor x, Tensor kernel, Tensor bias) {
    int size = HEIGHT * WIDTH * CHANNELS;
    double[] y = new double[2 * row.results()];
    List<Pair> pairs = pairs(row);
    if (row.implementation() == 3) {
      assertEquals(kernel.size(), pairs.size());
    }
    for (int n = 0; n < 2; n++) {
      for (int i = 0; i < pairs.size(); i++) {
        Pair pair = pairs.get(i);
        int weight =
            switch (row.implementation()) {
              case 1 -> pair.first();
              case 2 -> pair.input() * row.results() + pair.result();
              default -> i;
            };
        y[n * row.results() + pair.result()] +=
            x.getDouble(n * size + pair.input()) * kernel.getDouble(weight);
      }
      for (int i = 0; i < row.results(); i++) {
        y[n * row.results() + i] += bias.getDouble(i); // in its own order in either format
      }
    }
    return y;
  }

  private static Tensor random(long... dims) {
    Random random = new Random(dims.length);
    int size = 1;
    for (long dim : dims) {
      size *= (int) dim;
    }
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return Tensor.of(values, dims);
  }
}
