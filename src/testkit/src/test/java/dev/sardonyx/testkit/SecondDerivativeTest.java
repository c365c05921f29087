package dev.sardonyx.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.compiler.Gradients;
import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Gradients are ordinary graphs: the gradient of a gradient along v is the Hessian times v. */
class SecondDerivativeTest {
  private static final Value X = Value.input("x", TensorType.parse("float64[4,3]"));
  private static final Value W = Value.input("w", TensorType.parse("float64[3,5]"));
  private static final Value V = Value.input("v", TensorType.parse("float64[3,5]"));

  private static final Value LOSS =
      X.matMul(W).tanh().softmax(-1).slice(1, 0, 1).log().neg().mean();

  private final SplittableRandom random = new SplittableRandom(3);

  private Tensor draw(long... dims) {
    double[] values = random.doubles(dims[0] * dims[1], -1, 1).toArray();
    return Tensor.from(ElementType.FLOAT64, values, dims);
  }

  @Test
  void hessianVectorProductsMatchDifferencesOfGradients() {
    Value gradient = Gradients.of(LOSS).wrt(W).values().get(0);
    Value product = Gradients.of(gradient.mul(V).sum()).wrt(W).values().get(0);
    Graph first = Graph.of("gradient", List.of(X, W), List.of(gradient));
    Graph second = Graph.of("product", List.of(X, W, V), List.of(product));
    Tensor x = draw(4, 3);
    Tensor w = draw(3, 5);
    Tensor v = draw(3, 5);
    Tensor exact = Evaluate.run(second, List.of(x, w, v)).get(0);
    Tensor up = Evaluate.run(first, List.of(x, moved(w, v, 1e-5))).get(0);
    Tensor down = Evaluate.run(first, List.of(x, moved(w, v, -1e-5))).get(0);
    for (int i = 0; i < exact.size(); i++) {
      double numeric = (up.getDouble(i) - down.getDouble(i)) / 2e-5;
      assertEquals(numeric, exact.getDouble(i), 1e-8);
    }
  }

  private static Tensor moved(Tensor w, Tensor v, double h) {
    double[] values = w.toDoubleArray();
    for (int i = 0; i < values.length; i++) {
      values[i] += h * v.getDouble(i);
    }
    return Tensor.from(w.element(), values, w.dims());
  }
}
