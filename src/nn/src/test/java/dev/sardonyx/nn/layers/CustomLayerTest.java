package dev.sardonyx.nn.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import dev.sardonyx.nn.initializers.Constant;
import dev.sardonyx.testkit.Evaluate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A layer of a user's own, as a class and as a function. */
class CustomLayerTest {
  private static final Tensor A = Tensor.of(new float[][] {{1, 2}});
  private static final Tensor B = Tensor.of(new float[][] {{5, -7}});

  /** Multiplies each feature by a weight of its own. */
  private static final class Scale extends SingleInputLayer {
    private Weight factor;

    @Override
    protected void build(TensorType input) {
      long width = input.shape().dim(-1).value();
      factor = addWeight("factor", Constant.constant(3), null, true, width);
    }

    @Override
    protected Value call(Call call, Value x) {
      return x.mul(call.weight(factor));
    }
  }

  @Test
  void aClassHasWeights() {
    Scale scale = new Scale();
    assertEquals("float32[N,2]", scale.apply(Input.input(2)).type().toString());
    assertEquals(1, scale.weights().size());
    Weight factor = scale.weights().get(0);
    assertEquals("factor: float32[2]", factor.toString());
    assertEquals(Tensor.of(new float[] {3, 3}), factor.value(() -> new SplittableRandom(1)));
    assertEquals("scale", scale.defaultName());
  }

  @Test
  void aFunctionOfOneInput() {
    assertEquals(
        List.of(Tensor.of(new float[][] {{2, 4}})), run(Lambda.lambda("double", x -> x.mul(2)), A));
  }

  @Test
  void aFunctionOfTwoInputs() {
    assertEquals(
        List.of(Tensor.of(new float[][] {{-4, 9}})),
        run(Lambda.lambda("difference", (a, b) -> a.sub(b)), A, B));
  }

  @Test
  void aFunctionOfManyInputsAndResults() {
    Layer sorted =
        Lambda.lambdaOfMany(
            "sort", in -> List.of(in.get(0).min(in.get(1)), in.get(0).max(in.get(1))));
    assertEquals(
        List.of(Tensor.of(new float[][] {{1, -7}}), Tensor.of(new float[][] {{5, 2}})),
        run(sorted, A, B));
    assertEquals("sort", sorted.name());
  }

  private static List<Tensor> run(Layer layer, Tensor... inputs) {
    List<Value> values = new ArrayList<>();
    for (Tensor input : inputs) {
      values.add(Value.input("x_" + values.size(), input.type()));
    }
    List<Value> results = layer.lower(new ProbeCall(false), values);
    return Evaluate.run(Graph.of("custom", values, results), Arrays.asList(inputs));
  }
}
