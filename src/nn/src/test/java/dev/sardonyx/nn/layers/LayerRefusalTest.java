package dev.sardonyx.nn.layers;

import static dev.sardonyx.nn.layers.Conv2D.conv2d;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.config.Config;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Every refusal of a layer, with its whole text. */
class LayerRefusalTest {
  private static SymbolicTensor[] tensors(String... shapes) {
    return Arrays.stream(shapes)
        .map(shape -> Input.input(Shape.parse(shape)))
        .toArray(SymbolicTensor[]::new);
  }

  /** The line is that of the call in this file. */
  private static void assertRefused(Executable work, String head, String received, String help) {
    DiagnosticException refused = assertThrows(DiagnosticException.class, work);
    String[] lines = refused.getMessage().split("\n", -1);
    assertEquals(4, lines.length, refused.getMessage());
    assertEquals(head, lines[0]);
    assertTrue(lines[1].matches("  at LayerRefusalTest\\.java:\\d+"), lines[1]);
    assertEquals("  " + received, lines[2]);
    assertEquals("  help: " + help, lines[3]);
  }

  @Test
  void denseOfAnotherWidth() {
    Dense dense = Dense.dense(3);
    dense.apply(tensors("[4]"));
    assertRefused(
        () -> dense.apply(tensors("[5]")),
        "[NN-011] Dense was built for inputs of width 4, got 5",
        "input: [float32[N,5]]",
        "a layer that is applied twice shares its kernel; make another for another width");
  }

  @Test
  void widthThatIsNotKnown() {
    assertRefused(
        () -> Dense.dense(3).apply(tensors("[4,T]")),
        "[NN-014] Dense needs to know the extent of axis 2, got T",
        "input: [float32[N,4,T]]",
        "give that axis a number in the model's input");
  }

  @Test
  void otherChannels() {
    Conv2D conv = conv2d(8, 3);
    conv.apply(tensors("[9,9,3]"));
    assertRefused(
        () -> conv.apply(tensors("[9,9,1]")),
        "[NN-011] Conv2D needs 3 input channels, got 1",
        "input: [float32[N,9,9,1]]",
        "applied twice, a layer shares its kernel; with data_format CHANNELS_LAST channels"
            + " are axis 3");
    BatchNormalization norm = BatchNormalization.batchNormalization();
    norm.apply(tensors("[3]"));
    assertRefused(
        () -> norm.apply(tensors("[4]")),
        "[NN-011] BatchNormalization needs 3 input channels, got 4",
        "input: [float32[N,4]]",
        "a layer that is applied twice shares its weights; channels are axis 1");
  }

  @Test
  void channelsAreCountedInAllGroups() {
    Conv2D conv = conv2d(4, 3).groups(2);
    conv.apply(tensors("[9,9,4]"));
    assertRefused(
        () -> conv.apply(tensors("[9,9,2]")),
        "[NN-011] Conv2D needs 4 input channels, got 2",
        "input: [float32[N,9,9,2]]",
        "applied twice, a layer shares its kernel; with data_format CHANNELS_LAST channels"
            + " are axis 3");
  }

  @Test
  void notImages() {
    String help =
        "the batch is the first axis; a Reshape before this layer gives another number of axes";
    assertRefused(
        () -> conv2d(8, 3).apply(tensors("[28,28]")),
        "[NN-012] Conv2D needs inputs whose number of axes is 4 (batch, height, width, channels),"
            + " got 3",
        "input: [float32[N,28,28]]",
        help);
    assertRefused(
        () ->
            MaxPooling2D.maxPooling2d()
                .dataFormat(DataFormat.CHANNELS_FIRST)
                .apply(tensors("[784]")),
        "[NN-012] MaxPooling2D needs inputs whose number of axes is 4 (batch, channels, height,"
            + " width), got 2",
        "input: [float32[N,784]]",
        help);
    assertRefused(
        () -> GlobalAveragePooling2D.globalAveragePooling2d().apply(tensors("[784]")),
        "[NN-012] GlobalAveragePooling2D needs inputs whose number of axes is 4 (batch, height,"
            + " width, channels), got 2",
        "input: [float32[N,784]]",
        help);
    assertRefused(
        () -> Dense.dense(1).apply(tensors("[]")),
        "[NN-012] Dense needs inputs whose number of axes is at least 2, got 1",
        "input: [float32[N]]",
        help);
  }

  @Test
  void unknownNumberOfAxes() {
    TensorType unranked = new TensorType(ElementType.FLOAT32, Shape.UNRANKED);
    assertRefused(
        () -> Flatten.flatten().lower(new ProbeCall(false), List.of(Value.input("x", unranked))),
        "[NN-012] Flatten needs inputs whose number of axes is at least 1, got an unknown number",
        "input: [float32[*]]",
        "the batch is the first axis; a Reshape before this layer gives another number of axes");
  }

  @Test
  void axesThatAreNotThere() {
    assertRefused(
        () -> Softmax.softmax(3).apply(tensors("[4]")),
        "[NN-013] Softmax has axis 3 for inputs of 2 axes",
        "input: [float32[N,4]]",
        "the batch is axis 0 and the last axis is -1");
    assertRefused(
        () -> Concatenate.concatenate(-3).apply(tensors("[4]", "[4]")),
        "[NN-013] Concatenate has axis -3 for inputs of 2 axes",
        "input: [float32[N,4]]",
        "the batch is axis 0 and the last axis is -1");
    assertRefused(
        () -> BatchNormalization.batchNormalization().axis(0).apply(tensors("[4]")),
        "[NN-013] BatchNormalization cannot take the batch as its channels",
        "input: [float32[N,4]]",
        "the statistics are taken over the batch; give the axis of the channels");
  }

  @Test
  void axesThatAreNamedTwice() {
    assertRefused(
        () -> Softmax.softmax(1, -1).apply(tensors("[4]")),
        "[NN-006] option axis of Softmax is one axis or several different ones, got [1, 1]",
        "axis = [1, 1]",
        "name each axis once");
  }

  @Test
  void numbersOfInputs() {
    assertRefused(
        () -> Dense.dense(3).apply(tensors("[4]", "[5]")),
        "[NN-015] Dense takes one input, got 2",
        "input: [float32[N,4], float32[N,5]]",
        "join them with Concatenate or Add, or apply the layer to each");
    assertRefused(
        () -> Add.add().apply(tensors("[4]")),
        "[NN-015] Add needs two inputs or more, got 1",
        "input: [float32[N,4]]",
        "add().apply(a, b) takes two");
    assertRefused(
        () -> Concatenate.concatenate().apply(),
        "[NN-015] Concatenate needs an input, got none",
        "no inputs",
        "give it the tensors to join");
    assertRefused(
        () -> Lambda.lambda("double", x -> x.mul(2)).apply(tensors("[4]", "[4]")),
        "[NN-015] Lambda double takes 1 input, got 2",
        "input: [float32[N,4], float32[N,4]]",
        "apply it to as many tensors as its function has parameters");
  }

  @Test
  void windowsThatDoNotFit() {
    String help = "use smaller windows or padding(SAME); check which axes are height and width";
    assertRefused(
        () -> conv2d(1, 5).apply(tensors("[9,4,1]")),
        "[NN-016] Conv2D has windows of 5 for a width of 4",
        "input: [float32[N,9,4,1]]",
        help);
    assertRefused(
        () -> conv2d(1, 3).dilationRate(2).apply(tensors("[4,9,1]")),
        "[NN-016] Conv2D has windows of 5 for a height of 4",
        "input: [float32[N,4,9,1]]",
        help);
    assertRefused(
        () -> AveragePooling2D.averagePooling2d(2).apply(tensors("[1,9,1]")),
        "[NN-016] AveragePooling2D has windows of 2 for a height of 1",
        "input: [float32[N,1,9,1]]",
        help);
  }

  @Test
  void whatCannotBeDivided() {
    assertRefused(
        () -> conv2d(4, 3).groups(3).apply(tensors("[9,9,6]")),
        "[NN-017] Conv2D cannot divide 6 channels and 4 filters into 3 groups",
        "input: [float32[N,9,9,6]]",
        "both numbers must be multiples of the number of groups");
    assertRefused(
        () -> Maxout.maxout(4).apply(tensors("[6]")),
        "[NN-017] Maxout needs a multiple of 4 features, got 6",
        "input: [float32[N,6]]",
        "each of the units is the greatest of as many features");
  }

  @Test
  void otherNumbersOfElements() {
    String help = "the shape's dimensions must multiply to the number of elements of a sample";
    assertRefused(
        () -> Reshape.reshape(5, 2).apply(tensors("[3,4]")),
        "[NN-018] Reshape cannot give samples of 12 elements the shape [5, 2]",
        "input: [float32[N,3,4]]",
        help);
    assertRefused(
        () -> Reshape.reshape(5, -1).apply(tensors("[3,4]")),
        "[NN-018] Reshape cannot give samples of 12 elements the shape [5, -1]",
        "input: [float32[N,3,4]]",
        help);
  }

  @Test
  void shapesThatDoNotMerge() {
    assertRefused(
        () -> Concatenate.concatenate().apply(tensors("[3,4]", "[2,4]")),
        "[NN-019] Concatenate needs inputs that differ in axis 2 only, got [N,3,4] and [N,2,4]",
        "input: [float32[N,3,4], float32[N,2,4]]",
        "the other axes must have the same extents");
    assertRefused(
        () -> Concatenate.concatenate().apply(tensors("[3,4]", "[4]")),
        "[NN-019] Concatenate needs inputs that differ in axis 2 only, got [N,3,4] and [N,4]",
        "input: [float32[N,3,4], float32[N,4]]",
        "the other axes must have the same extents");
    assertRefused(
        () -> Add.add().apply(tensors("[3,4]", "[3]")),
        "[NN-019] Add cannot add [N,3,4] and [N,1,3]",
        "input: [float32[N,3,4], float32[N,3]]",
        "the batch must be the same, and two other dimensions must be equal or one of them 1");
  }

  @Test
  void lambdasInFiles() {
    Lambda lambda = Lambda.lambda("double", x -> x.mul(2));
    assertRefused(
        () -> lambda.config(),
        "[NN-020] Lambda double cannot be written to a file: it is a function in Java",
        "layer made at " + lambda.at(),
        "save the model's weights and build the model in code, or export the graph");
    assertRefused(
        () -> create("Lambda", Map.of()),
        "[NN-004] there is no layer called Lambda",
        "class name: Lambda",
        "classes of your own cannot be loaded from a file; build the model in code and load its"
            + " weights");
  }

  @Test
  void stridesWithDilation() {
    assertRefused(
        () -> conv2d(1, 3).strides(2).dilationRate(2).apply(tensors("[9,9,1]")),
        "[NN-021] Conv2D has strides [2, 2] and dilation_rate [2, 2]",
        "input: [float32[N,9,9,1]]",
        "as in Keras, only one of the two may be other than 1");
  }

  @Test
  void optionsThatMeanNothing() {
    assertOption(() -> Dense.dense(0), "units of Dense is at least 1, got 0");
    assertOption(() -> conv2d(0, 3), "filters of Conv2D is at least 1, got 0");
    assertOption(() -> conv2d(1, 0), "kernel_size of Conv2D is at least 1, got 0");
    assertOption(() -> conv2d(1), "kernel_size of Conv2D is one number or two, got []");
    assertOption(
        () -> conv2d(1, 2, 3, 4), "kernel_size of Conv2D is one number or two, got [2, 3, 4]");
    assertOption(() -> conv2d(1, 3).strides(0), "strides of Conv2D is at least 1, got 0");
    assertOption(
        () -> conv2d(1, 3).dilationRate(-1), "dilation_rate of Conv2D is at least 1, got -1");
    assertOption(() -> conv2d(1, 3).groups(0), "groups of Conv2D is at least 1, got 0");
    assertOption(
        () -> MaxPooling2D.maxPooling2d(0), "pool_size of MaxPooling2D is at least 1, got 0");
    assertOption(() -> Dropout.dropout(1.5), "rate of Dropout is between 0 and 1, got 1.5");
    assertOption(
        () -> ReLU.relu().maxValue(-1),
        "max_value of ReLU is a number that is not negative, got -1.0");
    assertOption(
        () -> LeakyReLU.leakyRelu(-1),
        "negative_slope of LeakyReLU is a number that is not negative, got -1.0");
    assertOption(() -> ELU.elu(Double.NaN), "alpha of ELU is a finite number, got NaN");
    assertOption(() -> Maxout.maxout(0), "num_units of Maxout is at least 1, got 0");
    assertOption(
        () -> Reshape.reshape(-1, -1),
        "target_shape of Reshape is positive numbers, one of which may be -1, got [-1, -1]");
    assertOption(
        () -> Reshape.reshape(0),
        "target_shape of Reshape is positive numbers, one of which may be -1, got [0]");
    assertOption(
        () -> BatchNormalization.batchNormalization().momentum(2),
        "momentum of BatchNormalization is between 0 and 1, got 2.0");
    assertOption(
        () -> create("BatchNormalization", Map.of("axis", List.of(1, 2))),
        "axis of BatchNormalization is one axis, got [1, 2]");
    assertOption(() -> create("Dense", Map.of()), "units of Dense is at least 1, got 0");
  }

  private static void assertOption(Executable work, String message) {
    DiagnosticException refused = assertThrows(DiagnosticException.class, work);
    assertEquals("NN-006", refused.diagnostic().code());
    assertEquals("option " + message, refused.diagnostic().message());
    assertEquals("LayerRefusalTest.java", refused.diagnostic().at().file());
  }

  @Test
  void optionsThatWeDoNotHave() {
    assertUnsupported(
        "AlphaDropout", Map.of("rate", 0.5, "noise_shape", List.of(1)), "noise_shape", List.of(1));
  }

  @Test
  void aDtypePolicyThatThereIsNot() {
    DiagnosticException refused =
        assertThrows(
            DiagnosticException.class, () -> create("Flatten", Map.of("dtype", "float33")));
    assertEquals("NN-005", refused.diagnostic().code());
    assertEquals("there is no dtype policy float33", refused.diagnostic().message());
  }

  private static void assertUnsupported(
      String className, Map<String, Object> config, String key, Object value) {
    DiagnosticException refused =
        assertThrows(DiagnosticException.class, () -> create(className, config));
    assertEquals("NN-002", refused.diagnostic().code());
    assertEquals(
        "option %s is not supported with the value %s".formatted(key, value),
        refused.diagnostic().message());
  }

  private static Layer create(String className, Map<String, Object> config) {
    return Config.create(Layer.class, "layer", Map.of("class_name", className, "config", config));
  }
}
