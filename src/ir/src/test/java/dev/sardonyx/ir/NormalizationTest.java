package dev.sardonyx.ir;

import static dev.sardonyx.ir.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.ir.type.Type;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizationTest {
  private static Value in(String name, String type) {
    return Value.input(name, TensorType.parse(type));
  }

  private static List<Type> types(String... texts) {
    return List.of(texts).stream().<Type>map(TensorType::parse).toList();
  }

  @Test
  void softmaxKeepsTheType() {
    assertEquals(TensorType.parse("float16[N,10]"), in("x", "float16[N,10]").softmax(-1).type());
    assertEquals(TensorType.parse("float32[*]"), in("x", "float32[*]").logSoftmax(7).type());
  }

  @Test
  void softmaxRefusesAnAxisThatThereIsNot() {
    assertRefused(
        "[SHAPE-002] Softmax has axis 2 for a tensor of rank 2",
        "input: float32[N,10]",
        () -> in("x", "float32[N,10]").softmax(2));
    assertRefused(
        "[SHAPE-002] LogSoftmax has axis -1 for a tensor of rank 0",
        "input: float32[]",
        () -> in("x", "float32[]").logSoftmax(-1));
  }

  private static List<Value> batchNorm(String x, String parameters) {
    return List.of(
        in("X", x),
        in("scale", parameters),
        in("B", parameters),
        in("input_mean", parameters),
        in("input_var", parameters));
  }

  @Test
  void batchNormalizationGivesRunningStatisticsInTraining() {
    List<Value> inputs = batchNorm("float32[N,C,H]", "float32[6]");
    Op inference = new Normalization.BatchNormalization(1e-5f, 0.9f, false);
    Op training = new Normalization.BatchNormalization(1e-5f, 0.9f, true);
    assertEquals(types("float32[N,C,H]"), Node.of(inference, inputs, Inference.ANY_NUMBER).types());
    assertEquals(
        types("float32[N,C,H]", "float32[6]", "float32[6]"),
        Node.of(training, inputs, Inference.ANY_NUMBER).types());
    assertEquals(types("float32[N,C,H]"), Node.of(training, inputs, 1).types());
  }

  @Test
  void batchNormalizationNeedsOneNumberForEachChannel() {
    Op op = new Normalization.BatchNormalization(1e-5f, 0.9f, false);
    assertRefused(
        "[SHAPE-049] BatchNormalization needs scale of the shape [3], got [4]",
        "X: float32[N,3,8]   scale: float32[4]   B: float32[4]   "
            + "input_mean: float32[4]   input_var: float32[4]",
        "there is one number for each channel, and channels are the input's second axis",
        () -> Node.of(op, batchNorm("float32[N,3,8]", "float32[4]"), 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[N,T,8] | -1 | [8]   | [N,T,1]",
        "[2,3,4] | 1  | [3,4] | [2,1,1]",
        "[2,3,4] | -2 | [4]   | [2,1,1]",
        "[2,3,4] | 0  | []    | [1,1,1]",
        "[*]     | 5  | [3,4] | [*]",
      })
  void layerNormalizationHasStatisticsOfExtentOne(String x, long axis, String scale, String mean) {
    Op op = new Normalization.LayerNormalization(axis, 1e-5f, ElementType.FLOAT32);
    List<Value> inputs = List.of(in("X", "float16" + x), in("Scale", "float16" + scale));
    assertEquals(
        types("float16" + x, "float32" + mean, "float32" + mean), Node.of(op, inputs, 3).types());
    assertEquals(types("float16" + x), Node.of(op, inputs, Inference.ANY_NUMBER).types());
  }

  @Test
  void layerNormalizationRefuses() {
    Value x = in("X", "float32[2,3,4]");
    Op op = new Normalization.LayerNormalization(-1, 1e-5f, ElementType.FLOAT32);
    assertRefused(
        "[SHAPE-048] LayerNormalization cannot stretch Scale to [2,3,4]",
        "X: float32[2,3,4]   Scale: float32[3]",
        "aligned from the right, each dimension must be 1 or that of the target",
        () -> Value.of(op, x, in("Scale", "float32[3]")));
    assertRefused(
        "[ATTR-004] LayerNormalization has stash_type=int32",
        "X: float32[2,3,4]   Scale: float32[4]",
        "statistics are kept in a float type",
        () ->
            Value.of(
                new Normalization.LayerNormalization(-1, 1e-5f, ElementType.INT32),
                x,
                in("Scale", "float32[4]")));
  }

  @Test
  void groupsDivideTheChannels() {
    Op op = new ChannelNormalization.GroupNormalization(1e-5f, 4, ElementType.FLOAT32);
    Value scale = in("scale", "float32[6]");
    assertRefused(
        "[SHAPE-052] GroupNormalization cannot divide 6 channels into 4 groups",
        "X: float32[N,6,8]   scale: float32[6]   bias: float32[6]",
        () -> Value.of(op, in("X", "float32[N,6,8]"), scale, scale));
    assertRefused(
        "[SHAPE-053] GroupNormalization needs a batch and channels, got rank 1",
        "X: float32[6]   scale: float32[6]   bias: float32[6]",
        () -> Value.of(op, in("X", "float32[6]"), scale, scale));
  }

  @Test
  void rmsNormalizationHasTheScalesType() {
    Op op = new AxisNormalization.RMSNormalization(-1, 1e-5f, ElementType.FLOAT32);
    Value x = in("X", "float16[N,T,8]");
    assertEquals(TensorType.parse("float32[N,T,8]"), Value.of(op, x, in("s", "float32[8]")).type());
    assertRefused(
        "[SHAPE-048] RMSNormalization cannot stretch scale to [N,T,8]",
        "X: float16[N,T,8]   scale: float32[7]",
        () -> Value.of(op, x, in("s", "float32[7]")));
  }
}
