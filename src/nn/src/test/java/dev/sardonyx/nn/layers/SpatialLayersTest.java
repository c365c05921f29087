package dev.sardonyx.nn.layers;

import static dev.sardonyx.nn.layers.DataFormat.CHANNELS_FIRST;
import static dev.sardonyx.nn.layers.Padding.CAUSAL;
import static dev.sardonyx.nn.layers.Padding.SAME;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Dim;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.constraints.UnitNorm;
import dev.sardonyx.nn.initializers.Ones;
import dev.sardonyx.nn.regularizers.L1;
import dev.sardonyx.testkit.Differences;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Layers over sequences, images and volumes: what type they make of an input, the shapes of their
 * weights, and their options under Keras's names, written and read back.
 */
class SpatialLayersTest {
  record Row(
      Layer layer, String input, String output, String weights, Map<String, Object> options) {
    @Override
    public String toString() {
      return layer.className() + " " + input + " -> " + output + " " + options;
    }
  }

  private static Row row(
      Layer layer, String input, String output, String weights, Object... options) {
    Map<String, Object> named = new LinkedHashMap<>();
    for (int i = 0; i < options.length; i += 2) {
      named.put((String) options[i], options[i + 1]);
    }
    return new Row(layer, input, output, weights, named);
  }

  private static List<Long> longs(long... values) {
    return Arrays.stream(values).boxed().toList();
  }

  static Stream<Row> rows() {
    return Stream.of(convolutions(), transposed(), depthwise(), local(), pools(), borders())
        .flatMap(rows -> rows);
  }

  private static Stream<Row> convolutions() {
    return Stream.of(
        row(
            Conv1D.conv1d(5, 3).padding(CAUSAL).strides(2),
            "[T,2]",
            "[N,floor((T-1)/2)+1,5]",
            "kernel: float32[3,2,5], bias: float32[5]",
            "filters",
            5L,
            "kernel_size",
            longs(3),
            "strides",
            longs(2),
            "padding",
            "causal",
            "data_format",
            "channels_last",
            "dilation_rate",
            longs(1),
            "groups",
            1L),
        row(
            Conv2D.conv2d(5, 3),
            "[H,W,1]",
            "[N,H-2,W-2,5]",
            "kernel: float32[3,3,1,5], bias: float32[5]",
            "kernel_size",
            longs(3, 3)),
        row(
            Conv2D.conv2d(4, 3, 2).padding(SAME).strides(2, 1).useBias(false),
            "[7,6,2]",
            "[N,4,6,4]",
            "kernel: float32[3,2,2,4]",
            "strides",
            longs(2, 1),
            "padding",
            "same",
            "use_bias",
            false),
        row(
            Conv2D.conv2d(4, 3).padding(SAME).strides(2).useBias(false),
            "[H,W,2]",
            "[N,floor((H+1)/2),floor((W+1)/2),4]",
            "kernel: float32[3,3,2,4]"),
        row(
            Conv2D.conv2d(6, 3).groups(2).dataFormat(CHANNELS_FIRST).useBias(false),
            "[4,8,9]",
            "[N,6,6,7]",
            "kernel: float32[3,3,2,6]",
            "groups",
            2L,
            "data_format",
            "channels_first"),
        row(
            Conv2D.conv2d(1, 3).dilationRate(2).useBias(false),
            "[9,9,1]",
            "[N,5,5,1]",
            "kernel: float32[3,3,1,1]",
            "dilation_rate",
            longs(2, 2)),
        row(
            Conv3D.conv3d(4, 1, 2, 3)
                .kernelInitializer(Ones.ones())
                .kernelRegularizer(L1.l1(0.5))
                .kernelConstraint(UnitNorm.unitNorm()),
            "[5,6,7,2]",
            "[N,5,5,5,4]",
            "kernel: float32[1,2,3,2,4], bias: float32[4]",
            "kernel_initializer",
            Ones.ones().serialize(),
            "kernel_regularizer",
            L1.l1(0.5).serialize(),
            "kernel_constraint",
            UnitNorm.unitNorm().serialize()));
  }

  private static Stream<Row> transposed() {
    return Stream.of(
        row(
            Conv1DTranspose.conv1dTranspose(5, 2).strides(3),
            "[T,4]",
            "[N,3*T,5]",
            "kernel: float32[2,5,4], bias: float32[5]",
            "output_padding",
            null),
        row(
            Conv2DTranspose.conv2dTranspose(5, 3).strides(2).padding(SAME),
            "[4,W,1]",
            "[N,8,2*W,5]",
            "kernel: float32[3,3,5,1], bias: float32[5]",
            "strides",
            longs(2, 2)),
        row(
            Conv2DTranspose.conv2dTranspose(5, 3).strides(2).padding(SAME).outputPadding(0, 1),
            "[4,5,1]",
            "[N,7,10,5]",
            "kernel: float32[3,3,5,1], bias: float32[5]",
            "output_padding",
            longs(0, 1)),
        row(
            Conv3DTranspose.conv3dTranspose(2, 3).dilationRate(2).dataFormat(CHANNELS_FIRST),
            "[1,2,3,4]",
            "[N,2,6,7,8]",
            "kernel: float32[3,3,3,2,1], bias: float32[2]",
            "dilation_rate",
            longs(2, 2, 2)));
  }

  private static Stream<Row> depthwise() {
    return Stream.of(
        row(
            DepthwiseConv1D.depthwiseConv1d(3).depthMultiplier(2),
            "[T,4]",
            "[N,T-2,8]",
            "kernel: float32[3,4,2], bias: float32[8]",
            "depth_multiplier",
            2L),
        row(
            DepthwiseConv2D.depthwiseConv2d(3, 2)
                .strides(2)
                .dilationRate(2)
                .depthwiseInitializer(Ones.ones())
                .depthwiseRegularizer(L1.l1(0.5))
                .depthwiseConstraint(UnitNorm.unitNorm()),
            "[9,9,4]",
            "[N,3,4,4]",
            "kernel: float32[3,2,4,1], bias: float32[4]",
            "kernel_size",
            longs(3, 2),
            "depthwise_initializer",
            Ones.ones().serialize(),
            "depthwise_regularizer",
            L1.l1(0.5).serialize(),
            "depthwise_constraint",
            UnitNorm.unitNorm().serialize()),
        row(
            SeparableConv1D.separableConv1d(6, 3).padding(CAUSAL),
            "[T,4]",
            "[N,T,6]",
            "depthwise_kernel: float32[3,4,1], pointwise_kernel: float32[1,4,6], bias: float32[6]",
            "filters",
            6L),
        row(
            SeparableConv2D.separableConv2d(6, 3)
                .depthMultiplier(2)
                .pointwiseInitializer(Ones.ones())
                .pointwiseRegularizer(L1.l1(0.5))
                .pointwiseConstraint(UnitNorm.unitNorm())
                .useBias(false),
            "[9,9,4]",
            "[N,7,7,6]",
            "depthwise_kernel: float32[3,3,4,2], pointwise_kernel: float32[1,1,8,6]",
            "pointwise_initializer",
            Ones.ones().serialize(),
            "pointwise_regularizer",
            L1.l1(0.5).serialize(),
            "pointwise_constraint",
            UnitNorm.unitNorm().serialize()));
  }

  private static Stream<Row> local() {
    return Stream.of(
        row(
            LocallyConnected1D.locallyConnected1d(5, 3).strides(2),
            "[8,4]",
            "[N,3,5]",
            "kernel: float32[3,12,5], bias: float32[3,5]",
            "implementation",
            1L),
        row(
            LocallyConnected2D.locallyConnected2d(5, 3).implementation(2).padding(SAME),
            "[4,6,2]",
            "[N,4,6,5]",
            "kernel: float32[4,6,2,4,6,5], bias: float32[4,6,5]",
            "implementation",
            2L),
        row(
            LocallyConnected2D.locallyConnected2d(5, 2, 1)
                .implementation(3)
                .dataFormat(CHANNELS_FIRST),
            "[2,4,6]",
            "[N,5,3,6]",
            "kernel: float32[360], bias: float32[3,6,5]",
            "kernel_size",
            longs(2, 1)));
  }

  private static Stream<Row> pools() {
    return Stream.of(
        row(
            MaxPooling1D.maxPooling1d(),
            "[T,3]",
            "[N,floor((T-2)/2)+1,3]",
            "",
            "pool_size",
            longs(2)),
        row(MaxPooling2D.maxPooling2d(), "[7,6,3]", "[N,3,3,3]", "", "strides", longs(2, 2)),
        row(
            MaxPooling2D.maxPooling2d(3, 2).strides(2).padding(SAME).dataFormat(CHANNELS_FIRST),
            "[3,7,6]",
            "[N,3,4,3]",
            "",
            "pool_size",
            longs(3, 2),
            "strides",
            longs(2, 2),
            "padding",
            "same",
            "data_format",
            "channels_first"),
        row(MaxPooling3D.maxPooling3d(2, 1, 3), "[4,4,6,1]", "[N,2,4,2,1]", ""),
        row(AveragePooling1D.averagePooling1d(3).padding(SAME), "[7,3]", "[N,3,3]", ""),
        row(
            AveragePooling2D.averagePooling2d(2, 3),
            "[H,W,3]",
            "[N,floor((H-2)/2)+1,floor((W-3)/3)+1,3]",
            "",
            "strides",
            longs(2, 3)),
        row(AveragePooling3D.averagePooling3d(), "[4,4,6,1]", "[N,2,2,3,1]", ""),
        row(GlobalMaxPooling1D.globalMaxPooling1d(), "[T,3]", "[N,3]", "", "keepdims", false),
        row(GlobalMaxPooling2D.globalMaxPooling2d(), "[H,W,3]", "[N,3]", ""),
        row(
            GlobalMaxPooling3D.globalMaxPooling3d().keepdims(true).dataFormat(CHANNELS_FIRST),
            "[3,4,5,6]",
            "[N,3,1,1,1]",
            "",
            "keepdims",
            true,
            "data_format",
            "channels_first"),
        row(GlobalAveragePooling1D.globalAveragePooling1d(), "[T,3]", "[N,3]", ""),
        row(
            GlobalAveragePooling2D.globalAveragePooling2d().keepdims(true),
            "[8,8,3]",
            "[N,1,1,3]",
            ""),
        row(GlobalAveragePooling3D.globalAveragePooling3d(), "[4,5,6,3]", "[N,3]", ""),
        row(
            AdaptiveAveragePooling1D.adaptiveAveragePooling1d(4),
            "[T,3]",
            "[N,4,3]",
            "",
            "output_size",
            longs(4)),
        row(
            AdaptiveAveragePooling2D.adaptiveAveragePooling2d(3, 1).dataFormat(CHANNELS_FIRST),
            "[2,7,W]",
            "[N,2,3,1]",
            "",
            "data_format",
            "channels_first"),
        row(AdaptiveAveragePooling3D.adaptiveAveragePooling3d(2), "[4,4,4,3]", "[N,2,2,2,3]", ""),
        row(AdaptiveMaxPooling1D.adaptiveMaxPooling1d(4), "[9,3]", "[N,4,3]", ""),
        row(AdaptiveMaxPooling2D.adaptiveMaxPooling2d(4), "[9,W,3]", "[N,4,4,3]", ""),
        row(AdaptiveMaxPooling3D.adaptiveMaxPooling3d(1), "[A,B,C,3]", "[N,1,1,1,3]", ""));
  }

  private static Stream<Row> borders() {
    return Stream.of(
        row(ZeroPadding1D.zeroPadding1d(1, 2), "[T,3]", "[N,T+3,3]", "", "padding", longs(1, 2)),
        row(
            ZeroPadding2D.zeroPadding2d(1, 2),
            "[H,W,3]",
            "[N,H+2,W+4,3]",
            "",
            "padding",
            List.of(longs(1, 1), longs(2, 2))),
        row(
            ZeroPadding3D.zeroPadding3d(1, 2, 3, 4, 5, 6).dataFormat(CHANNELS_FIRST),
            "[1,1,1,1]",
            "[N,1,4,8,12]",
            "",
            "padding",
            List.of(longs(1, 2), longs(3, 4), longs(5, 6)),
            "data_format",
            "channels_first"),
        row(Cropping1D.cropping1d(), "[T,3]", "[N,max(0,T-2),3]", "", "cropping", longs(1, 1)),
        row(
            Cropping2D.cropping2d(1, 2, 0, 3).dataFormat(CHANNELS_FIRST),
            "[3,8,9]",
            "[N,3,5,6]",
            "",
            "cropping",
            List.of(longs(1, 2), longs(0, 3))),
        row(Cropping3D.cropping3d(2), "[5,6,7,1]", "[N,1,2,3,1]", ""),
        row(UpSampling1D.upSampling1d(3), "[T,2]", "[N,3*T,2]", "", "size", 3L),
        row(
            UpSampling2D.upSampling2d(2, 3).interpolation(Interpolation.BILINEAR),
            "[4,W,2]",
            "[N,8,3*W,2]",
            "",
            "size",
            longs(2, 3),
            "interpolation",
            "bilinear"),
        row(
            UpSampling2D.upSampling2d().interpolation(Interpolation.LANCZOS5),
            "[4,W,2]",
            "[N,8,2*W,2]",
            ""),
        row(
            UpSampling3D.upSampling3d().dataFormat(CHANNELS_FIRST),
            "[2,3,4,5]",
            "[N,2,6,8,10]",
            "",
            "data_format",
            "channels_first"));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void types(Row row) {
    SymbolicTensor output = row.layer().apply(Input.input(Shape.parse(row.input())));
    assertEquals("float32" + row.output(), output.type().toString());
    List<String> weights = row.layer().weights().stream().map(Weight::toString).toList();
    assertEquals(row.weights(), String.join(", ", weights));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void optionsAreWrittenAndReadBack(Row row) {
    Map<String, Object> config = row.layer().config();
    row.options().forEach((key, value) -> assertEquals(value, config.get(key), key));
    Layer read = Config.create(Layer.class, "layer", row.layer().serialize());
    assertEquals(row.layer().getClass(), read.getClass());
    assertEquals(config, read.config());
  }

  /** The gradients of input and weights against central differences, on axes of any extent. */
  @ParameterizedTest
  @MethodSource("rows")
  void gradients(Row row) {
    Shape any = Shape.parse(row.input().replaceFirst("\\[", "[N,"));
    Value input = Value.input("x", new TensorType(ElementType.FLOAT32, any));
    ProbeCall call = new ProbeCall(false);
    Value y = row.layer().lower(call, List.of(input)).get(0);
    List<Value> inputs = new ArrayList<>(List.of(input));
    inputs.addAll(call.weights.values());
    Graph graph = Graph.of("layer", inputs, Map.of("y", y));
    List<Tensor> data = new ArrayList<>();
    for (Value value : inputs) {
      data.add(random(value.shape()));
    }
    Differences.WIDE.atMost(8).check(graph, data);
  }

  /** Elements far enough from each other that no difference changes which is the greatest. */
  private static Tensor random(Shape shape) {
    long[] dims = shape.dims().stream().mapToLong(SpatialLayersTest::extent).toArray();
    int size = (int) Arrays.stream(dims).reduce(1, (a, b) -> a * b);
    List<Integer> order = new ArrayList<>(IntStream.range(0, size).boxed().toList());
    Collections.shuffle(order, new Random(size));
    double[] values = order.stream().mapToDouble(i -> (i - size / 2) * 0.04).toArray();
    return Tensor.from(ElementType.FLOAT32, values, dims);
  }

  private static long extent(Dim dim) {
    return dim.isFixed() ? dim.value() : dim.toString().equals("N") ? 2 : 5;
  }

  /** Keras 2 writes options that decide nothing, and one number may stand for several. */
  @Test
  void otherFormsOfConfigurations() {
    Map<String, Object> transposed =
        Map.of("filters", 1, "kernel_size", 3, "groups", 1, "output_padding", 0);
    assertEquals(longs(0, 0), read("Conv2DTranspose", transposed).get("output_padding"));
    read("SeparableConv1D", Map.of("filters", 1, "kernel_size", 3, "kernel_initializer", "ones"));
    assertEquals(
        List.of(longs(1, 1), longs(2, 3)),
        read("ZeroPadding2D", Map.of("padding", List.of(1, List.of(2, 3)))).get("padding"));
    assertEquals(longs(2, 2), read("Cropping1D", Map.of("cropping", 2)).get("cropping"));
    Map<String, Object> adapted =
        read("Conv1D", Map.of("filters", 1, "kernel_size", 3, "lora_rank", 4, "lora_alpha", 8));
    assertEquals(4L, adapted.get("lora_rank"));
    assertEquals(8.0, adapted.get("lora_alpha"));
  }

  private static Map<String, Object> read(String className, Map<String, Object> config) {
    return Config.create(Layer.class, "layer", Map.of("class_name", className, "config", config))
        .config();
  }

  @Test
  void refusals() {
    assertRefused(
        "NN-006",
        "option padding of Conv2D is valid or same, got causal",
        () -> Conv2D.conv2d(1, 3).padding(CAUSAL));
    assertRefused(
        "NN-006",
        "option padding of MaxPooling1D is valid or same, got causal",
        () -> MaxPooling1D.maxPooling1d().padding(CAUSAL));
    assertRefused(
        "NN-006",
        "option kernel_size of Conv1D is one number, got [1, 2]",
        () -> Conv1D.conv1d(1, 1, 2));
    assertRefused(
        "NN-006",
        "option output_padding of Conv2DTranspose is less than strides [1, 1], got [1, 0]",
        () -> apply(Conv2DTranspose.conv2dTranspose(1, 3).outputPadding(1, 0), "[9,9,1]"));
    assertRefused(
        "NN-006",
        "option padding of ZeroPadding3D is 1, 3 or 6 numbers, got [1, 2]",
        () -> ZeroPadding3D.zeroPadding3d(1, 2));
    assertRefused(
        "NN-006",
        "option padding of ZeroPadding1D is numbers, got all",
        () -> read("ZeroPadding1D", Map.of("padding", "all")));
    assertRefused(
        "NN-006",
        "option padding of LocallyConnected1D is valid, got SAME",
        () -> apply(LocallyConnected1D.locallyConnected1d(1, 3).padding(SAME), "[9,1]"));
    assertRefused(
        "NN-006",
        "option implementation of LocallyConnected1D is 1, 2 or 3, got 4",
        () -> LocallyConnected1D.locallyConnected1d(1, 3).implementation(4));
    assertRefused(
        "NN-006",
        "option dilation_rate of LocallyConnected1D is 1, got 2",
        () -> LocallyConnected1D.locallyConnected1d(1, 3).dilationRate(2));
  }

  @Test
  void refusalsOfInputs() {
    assertRefused(
        "NN-016",
        "Cropping2D crops 2 and 2 off a width of 4",
        () -> apply(Cropping2D.cropping2d(0, 2), "[9,4,1]"));
    assertRefused(
        "NN-016",
        "MaxPooling3D has windows of 2 for a depth of 1",
        () -> apply(MaxPooling3D.maxPooling3d(), "[1,4,4,1]"));
    assertRefused(
        "NN-012",
        "Conv1D needs inputs whose number of axes is 3 (batch, length, channels), got 4",
        () -> apply(Conv1D.conv1d(1, 3), "[9,9,1]"));
    assertRefused(
        "NN-014",
        "LocallyConnected1D needs to know the extent of axis 1, got T",
        () -> apply(LocallyConnected1D.locallyConnected1d(1, 3), "[T,1]"));
    LocallyConnected1D local = LocallyConnected1D.locallyConnected1d(1, 3);
    apply(local, "[9,1]");
    assertRefused(
        "NN-011",
        "LocallyConnected1D was built for inputs of [9], got others",
        () -> apply(local, "[8,1]"));
  }

  private static void apply(Layer layer, String shape) {
    layer.apply(Input.input(Shape.parse(shape)));
  }

  private static void assertRefused(String code, String message, Executable work) {
    Diagnostic refused = assertThrows(DiagnosticException.class, work).diagnostic();
    assertEquals(code, refused.code());
    assertEquals(message, refused.message());
    assertEquals("SpatialLayersTest.java", refused.at().file());
  }
}
