package dev.sardonyx.ir;

import static dev.sardonyx.ir.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which lowering the gradients of convolutions and pools take, and what type they have. */
class WindowGradientsTest {
  private static final Pullback.Reverse NO_BODIES = (outputs, given, wrt, since) -> List.of();

  private static final List<Long> NONE = List.of();

  private static List<Long> longs(@Nullable String text) {
    return text == null ? NONE : Arrays.stream(text.split(" ")).map(Long::valueOf).toList();
  }

  private static List<Value> inputs(String... shapes) {
    List<Value> values = new ArrayList<>();
    for (String shape : shapes) {
      values.add(Value.input("x" + values.size(), TensorType.parse("float32" + shape)));
    }
    return values;
  }

  private static List<@Nullable Value> gradients(Op op, List<Value> inputs) {
    Node node = Node.of(op, inputs, 1);
    Value dy = Value.input("dy", node.output().type());
    return op.vjps(new Pullback(node, List.of(dy), v -> true, NO_BODIES));
  }

  private static void assertTypesOfInputs(Op op, List<Value> inputs) {
    List<Type> expected = inputs.stream().map(Value::type).toList();
    assertEquals(expected, gradients(op, inputs).stream().map(g -> g.type()).toList());
  }

  private static Set<String> operators(Value value) {
    return Walk.topological(List.of(value)).stream()
        .filter(node -> !node.isLeaf())
        .map(node -> OpSchema.of(node.op()).type())
        .collect(Collectors.toSet());
  }

  private static Op conv(AutoPad auto, long group, String kernel, String pads, String strides) {
    return new Convolution.Conv(auto, NONE, group, longs(kernel), longs(pads), longs(strides));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // x          | w         | g | auto_pad   | pads    | strides
        "[N,3,8,9]    | [4,3,3,2] | 1 | NOTSET     | 1 0 1 1 | 2 3",
        "[N,16,8,9]   | [4,16,3,3]| 1 | SAME_UPPER |         | 2 2",
        "[N,4,7]      | [4,1,3]   | 4 | NOTSET     |         | 2",
        "[N,4,7]      | [6,2,3]   | 2 | NOTSET     | 0 2     | 1",
        "[N,4,H,W]    | [6,4,3,3] | 1 | SAME_LOWER |         |",
        "[N,4,H,W]    | [6,2,3,3] | 2 | NOTSET     | 1 1 1 1 | 2 2",
        "[N,C,H]      | [M,C,3]   | 1 | NOTSET     |         | 3",
      })
  void convGradientsHaveTheTypesOfTheInputs(
      String x, String w, long g, AutoPad auto, String pads, String strides) {
    assertTypesOfInputs(conv(auto, g, null, pads, strides), inputs(x, w));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // x        | w         | g | auto_pad   | pads    | strides | output_padding | output_shape
        "[N,3,4,5]  | [3,2,3,2] | 1 | NOTSET     | 1 0 1 1 | 2 3     | 1 2            |",
        "[N,4,7]    | [4,3,3]   | 2 | SAME_UPPER |         | 2       |                |",
        "[N,4,7]    | [4,3,3]   | 2 | NOTSET     |         | 2       |                | 12",
        "[N,4,H]    | [4,3,3]   | 1 | NOTSET     | 1 1     | 2       | 1              |",
        "[N,4,H]    | [4,3,3]   | 2 | SAME_LOWER |         | 2       |                |",
      })
  void transposedConvGradientsHaveTheTypesOfTheInputs(
      String x,
      String w,
      long g,
      AutoPad auto,
      String pads,
      String strides,
      String extra,
      String out) {
    Op op =
        new Convolution.ConvTranspose(
            auto, NONE, g, NONE, longs(extra), longs(out), longs(pads), longs(strides));
    assertTypesOfInputs(op, inputs(x, w));
  }

  @Test
  void theBiasGradientIsAVectorOverChannels() {
    Op op = conv(AutoPad.NOTSET, 1, null, null, null);
    List<Value> inputs = inputs("[N,3,8,8]", "[4,3,3,3]", "[4]");
    assertEquals(TensorType.parse("float32[4]"), gradients(op, inputs).get(2).type());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[N,64,16,16]  | [64,1,3,3]   | 64 | Mul",
        "[N,16,16,16]  | [8,16,3,3]   | 1  | Scan",
        "[N,32,16,16]  | [8,8,3,3]    | 4  | Scan",
        "[N,16,8,8]    | [8,16,3,3]   | 1  | MatMul",
        "[N,1,28,28]   | [6,1,5,5]    | 1  | MatMul",
        "[N,64,16,16]  | [32,64,1,1]  | 1  | MatMul",
        "[N,8,16,16]   | [8,2,3,3]    | 4  | MatMul",
        "[N,3,999,999] | [8,3,3,3]    | 1  | Scan",
        "[N,C,16,16]   | [8,C,3,3]    | 1  | Conv",
        "[N,16,H,W]    | [8,16,3,3]   | 1  | Conv",
      })
  void theKernelsGradientIsLoweredByShape(String x, String w, long g, String lowering) {
    Value dw = gradients(conv(AutoPad.NOTSET, g, null, null, null), inputs(x, w)).get(1);
    Set<String> products = operators(dw);
    products.retainAll(Set.of("Mul", "Scan", "Gemm", "MatMul", "Conv"));
    assertEquals(Set.of(lowering), products);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // x           | w          | g | pads    | strides | operator
        "[N,64,16,16] | [64,64,3,3] | 1 | 1 1 1 1 | 1 1 | Conv",
        "[N,64,16,16] | [32,64,3,3] | 1 | 1 1 1 1 | 1 1 | Conv",
        "[N,32,16,16] | [64,32,3,3] | 1 | 1 1 1 1 | 1 1 | ConvTranspose",
        "[N,32,16,16] | [64,32,1,1] | 1 |         | 1 1 | Conv",
        "[N,32,16,16] | [64,32,1,1] | 1 |         | 2 2 | ConvTranspose",
        "[N,64,8,8]   | [64,64,3,3] | 1 | 1 1 1 1 | 1 1 | ConvTranspose",
        "[N,64,8,8]   | [64,1,3,3]  | 64| 1 1 1 1 | 1 1 | Conv",
        "[N,64,16,16] | [64,64,3,3] | 1 | 3 3 3 3 | 1 1 | ConvTranspose",
        "[N,64,H,W]   | [64,64,3,3] | 1 | 1 1 1 1 | 1 1 | ConvTranspose",
      })
  void theInputsGradientIsLoweredByShape(
      String x, String w, long g, String pads, String strides, String operator) {
    Value dx = gradients(conv(AutoPad.NOTSET, g, null, pads, strides), inputs(x, w)).get(0);
    Set<String> products = operators(dx);
    products.retainAll(Set.of("Conv", "ConvTranspose"));
    assertEquals(Set.of(operator), products);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[N,3,8,6] | 2 2 |         | 2 2 | Resize",
        "[N,3,8]   | 2   |         | 2   | MaxUnpool",
        "[N,3,9,6] | 2 2 |         | 2 2 | ScatterElements",
        "[N,3,8,6] | 2 2 |         | 1 1 | ScatterElements",
        "[N,3,7,5] | 2 2 | 1 1 0 0 | 2 2 | ScatterElements",
        "[N,3,H,6] | 2 2 |         | 2 2 | ScatterElements",
      })
  void maxPoolsGradientIsLoweredByItsWindows(
      String x, String kernel, String pads, String strides, String lowering) {
    Op op =
        new Pooling.MaxPool(
            AutoPad.NOTSET, false, NONE, longs(kernel), longs(pads), false, longs(strides));
    Value dx = gradients(op, inputs(x)).get(0);
    assertTrue(operators(dx).contains(lowering), () -> operators(dx).toString());
    assertEquals(TensorType.parse("float32" + x), dx.type());
  }

  @Test
  void maxPoolUsesThePlacesThatItHas() {
    Op op = new Pooling.MaxPool(AutoPad.NOTSET, false, NONE, longs("2"), NONE, false, longs("2"));
    Node node = Node.of(op, inputs("[N,3,8]"), 2);
    Value dy = Value.input("dy", node.output().type());
    Value dx = op.vjps(new Pullback(node, Arrays.asList(dy, null), v -> true, NO_BODIES)).get(0);
    assertEquals(List.of(dy, node.outputs().get(1)), dx.node().inputs());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[N,C,8,6] | false | true  | 2 2 |         | 2 2",
        "[N,C,9,6] | true  | false | 3 2 | 1 0 1 0 | 2 2",
        "[N,C,H,6] | false | true  | 3 3 | 1 1 1 1 | 2 2",
        "[N,C,H,6] | true  | false | 3 3 | 1 1 1 1 | 2 2",
        "[N,C,H,W] | true  | true  | 3 3 | 1 1 1 1 | 2 2",
      })
  void averagePoolGradientsHaveTheTypeOfTheInput(
      String x, boolean ceil, boolean pad, String kernel, String pads, String strides) {
    Op op =
        new Pooling.AveragePool(
            AutoPad.NOTSET, ceil, pad, NONE, longs(kernel), longs(pads), longs(strides));
    assertTypesOfInputs(op, inputs(x));
  }

  @Test
  void globalPoolGradientsHaveTheTypeOfTheInput() {
    assertTypesOfInputs(new Pooling.GlobalAveragePool(), inputs("[N,C,H,W]"));
    assertTypesOfInputs(new Pooling.GlobalMaxPool(), inputs("[N,C,H,W]"));
  }

  @Test
  void gradientsNeedToKnowTheRank() {
    Op op = conv(AutoPad.NOTSET, 1, null, null, null);
    assertRefused(
        "[GRAD-040] Conv has a gradient only where the rank of its inputs is known",
        "X: float32[*]   W: float32[4,3,3]",
        "give the model's inputs shapes; their extents may stay symbolic",
        () -> gradients(op, inputs("[*]", "[4,3,3]")));
  }

  @Test
  void gradientsNeedToKnowTheKernelsExtents() {
    List<Value> inputs = inputs("[N,3,9]", "[4,3,K]");
    assertRefused(
        "[GRAD-041] Conv has a gradient only where its kernel's spatial extents are known",
        "X: float32[N,3,9]   W: float32[4,3,K]",
        "set kernel_shape, or reshape the kernel to fixed spatial extents",
        () -> gradients(conv(AutoPad.NOTSET, 1, null, null, null), inputs));
    Value dx = gradients(conv(AutoPad.NOTSET, 1, "3", null, null), inputs).get(0);
    assertEquals(TensorType.parse("float32[N,3,9]"), dx.type());
  }

  @Test
  void gradientsNeedToKnowThePadding() {
    Op op =
        new Convolution.ConvTranspose(
            AutoPad.NOTSET, NONE, 1, NONE, NONE, longs("9"), NONE, longs("2"));
    assertRefused(
        "[GRAD-042] ConvTranspose has a gradient only where its padding is known",
        "X: float32[N,3,H]   W: float32[3,4,3]",
        "give its input fixed spatial extents, or set pads instead of auto_pad or output_shape",
        () -> gradients(op, inputs("[N,3,H]", "[3,4,3]")));
  }
}
