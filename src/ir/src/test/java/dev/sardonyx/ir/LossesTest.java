package dev.sardonyx.ir;

import static dev.sardonyx.ir.Refusals.assertRefused;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.Losses.LossReduction;
import dev.sardonyx.ir.Losses.NegativeLogLikelihoodLoss;
import dev.sardonyx.ir.Losses.SoftmaxCrossEntropyLoss;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LossesTest {
  private static Value in(String name, String type) {
    return Value.input(name, TensorType.parse(type));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[N,C]     | [N]   | NONE | [N]",
        "[N,C,5]   | [N,5] | NONE | [N,5]",
        "[?,3,?]   | [N,5] | NONE | [N,5]",
        "[*]       | [N,5] | NONE | [N,5]",
        "[2,3,5]   | [*]   | NONE | [2,5]",
        "[*]       | [*]   | MEAN | []",
        "[N,C,5,6] | [*]   | SUM  | []",
      })
  void thereIsOneLossForEachTarget(
      String input, String target, LossReduction reduction, String loss) {
    Op op = new NegativeLogLikelihoodLoss(null, reduction);
    Value x = in("x", "float16" + input);
    assertEquals(
        TensorType.parse("float16" + loss), Value.of(op, x, in("t", "int64" + target)).type());
  }

  @Test
  void theLogarithmsComeWithTheLoss() {
    Op op = new SoftmaxCrossEntropyLoss(null, LossReduction.MEAN);
    List<Value> inputs = List.of(in("x", "float32[N,10]"), in("t", "int32[N]"));
    assertEquals(
        List.of(TensorType.parse("float32[]"), TensorType.parse("float32[N,10]")),
        Node.of(op, inputs, Inference.ANY_NUMBER).types());
    assertEquals(List.of(TensorType.parse("float32[]")), Node.of(op, inputs, 1).types());
  }

  @Test
  void refusesTargetsAndWeightsOfOtherShapes() {
    Op op = new NegativeLogLikelihoodLoss(null, LossReduction.MEAN);
    Value x = in("x", "float32[4,3]");
    Value t = in("t", "int64[4]");
    assertRefused(
        "[SHAPE-050] NegativeLogLikelihoodLoss cannot compare input of the shape [4,3] with target"
            + " of the shape [4,3]",
        "input: float32[4,3]   target: int64[4,3]",
        () -> Value.of(op, x, in("t", "int64[4,3]")));
    assertRefused(
        "[SHAPE-023] NegativeLogLikelihoodLoss needs axis 0 of the places to agree, got 4 and 5",
        "input: float32[4,3]   target: int64[5]",
        () -> Value.of(op, x, in("t", "int64[5]")));
    assertRefused(
        "[SHAPE-051] NegativeLogLikelihoodLoss needs weight of the shape [3], got [4]",
        "input: float32[4,3]   target: int64[4]   weight: float32[4]",
        () -> Value.of(op, x, t, in("w", "float32[4]")));
  }
}
