package dev.sardonyx.nn.layers;

import static dev.sardonyx.nn.layers.Conv2D.conv2d;
import static dev.sardonyx.nn.layers.DataFormat.CHANNELS_FIRST;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.type.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What type a layer makes of its inputs, and the shapes of its weights. */
class LayerTypesTest {
  record Row(Layer layer, List<String> inputs, String output, String weights) {
    @Override
    public String toString() {
      return layer.className() + " " + inputs + " -> " + output;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
        row(Dense.dense(3), "[4]", "[N,3]", "kernel: float32[4,3], bias: float32[3]"),
        row(Dense.dense(3).useBias(false), "[T,4]", "[N,T,3]", "kernel: float32[4,3]"),
        row(Activation.activation("relu"), "[T,4]", "[N,T,4]", ""),
        row(ReLU.relu().maxValue(6).threshold(1).negativeSlope(0.1), "[4]", "[N,4]", ""),
        row(LeakyReLU.leakyRelu(), "[4]", "[N,4]", ""),
        row(ELU.elu(), "[4]", "[N,4]", ""),
        row(Softmax.softmax(1, 2), "[4,T]", "[N,4,T]", ""),
        row(Maxout.maxout(2), "[T,6]", "[N,T,2]", ""),
        row(Maxout.maxout(4).axis(1), "[8,T]", "[N,4,T]", ""),
        row(Dropout.dropout(0.5), "[4]", "[N,4]", ""),
        row(Flatten.flatten(), "[2,3,4]", "[N,24]", ""),
        row(Flatten.flatten(), "[T,4]", "[N,4*T]", ""),
        row(Flatten.flatten(), "[]", "[N,1]", ""),
        row(Flatten.flatten().dataFormat(CHANNELS_FIRST), "[2,3,4]", "[N,24]", ""),
        row(Reshape.reshape(6, 2), "[3,4]", "[N,6,2]", ""),
        row(Reshape.reshape(2, -1), "[3,4]", "[N,2,6]", ""),
        row(Reshape.reshape(-1, 2), "[T,4]", "[N,2*T,2]", ""),
        row(
            BatchNormalization.batchNormalization(),
            "[8,T,3]",
            "[N,8,T,3]",
            "gamma: float32[3], beta: float32[3], moving_mean: float32[3],"
                + " moving_variance: float32[3]"),
        row(
            BatchNormalization.batchNormalization().axis(1).scale(false).center(false),
            "[8,3]",
            "[N,8,3]",
            "moving_mean: float32[8], moving_variance: float32[8]"),
        row(Concatenate.concatenate(), "[T,2] [T,3]", "[N,T,5]", ""),
        row(Concatenate.concatenate(1), "[T,2] [3,2]", "[N,T+3,2]", ""),
        row(Add.add(), "[3,1] [1,4]", "[N,3,4]", ""),
        row(Add.add(), "[3,4] [4] [1]", "[N,3,4]", ""),
        row(Lambda.lambda("double", x -> x.mul(2)), "[3]", "[N,3]", ""),
        row(
            Lambda.lambda("distance", (a, b) -> a.sub(b).abs().sum(false, 1)),
            "[3] [3]",
            "[N]",
            ""));
  }

  private static Row row(Layer layer, String inputs, String output, String weights) {
    return new Row(layer, List.of(inputs.split(" ")), output, weights);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void types(Row row) {
    SymbolicTensor[] inputs =
        row.inputs().stream().map(t -> Input.input(Shape.parse(t))).toArray(SymbolicTensor[]::new);
    SymbolicTensor output = row.layer().apply(inputs);
    assertEquals("float32" + row.output(), output.type().toString());
    List<String> weights = row.layer().weights().stream().map(Weight::toString).toList();
    assertEquals(row.weights(), String.join(", ", weights));
    int made = weights.size();
    assertEquals(output.type(), row.layer().apply(inputs).type());
    assertEquals(made, row.layer().weights().size(), "applied twice, a layer shares its weights");
  }

  /** Keras computes in float32 whatever numbers come in. */
  @ParameterizedTest
  @MethodSource("computing")
  void integersBecomeFloats(Layer layer) {
    Input image = Input.input(4, 4, 2).as(dev.sardonyx.ir.type.ElementType.INT32);
    assertEquals("float32", layer.apply(image).type().element().toString());
  }

  static List<Layer> computing() {
    return Arrays.asList(
        Dense.dense(2),
        conv2d(2, 2),
        AveragePooling2D.averagePooling2d(),
        GlobalAveragePooling2D.globalAveragePooling2d(),
        BatchNormalization.batchNormalization());
  }

  @ParameterizedTest
  @MethodSource("keeping")
  void integersStayWhereNothingIsComputed(Layer layer) {
    Input image = Input.input(4, 4, 2).as(dev.sardonyx.ir.type.ElementType.INT32);
    assertEquals("int32", layer.apply(image).type().element().toString());
  }

  static List<Layer> keeping() {
    return Arrays.asList(
        Flatten.flatten(), Reshape.reshape(-1), Concatenate.concatenate(), ReLU.relu());
  }
}
