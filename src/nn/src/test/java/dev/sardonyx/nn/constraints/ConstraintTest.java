package dev.sardonyx.nn.constraints;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.Sequential;
import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.layers.Dense;
import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.losses.MeanSquaredError;
import dev.sardonyx.nn.optimizers.SGD;
import dev.sardonyx.testkit.Evaluate;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstraintTest {
  private static final Tensor WEIGHT = Tensor.of(new float[][] {{3, -1}, {4, 0}});

  @Test
  void projections() {
    check(NonNeg.nonNeg(), 3, 0, 4, 0);
    check(UnitNorm.unitNorm(), 0.6, -1, 0.8, 0);
    check(UnitNorm.unitNorm().axis(1), 3 / Math.sqrt(10), -1 / Math.sqrt(10), 1, 0);
    check(MaxNorm.maxNorm(), 1.2, -1, 1.6, 0);
    check(MinMaxNorm.minMaxNorm(2, 4), 2.4, -2, 3.2, 0);
    check(MinMaxNorm.minMaxNorm(2, 4).rate(0.5), 2.7, -1.5, 3.6, 0);
  }

  private static void check(Constraint constraint, double... expected) {
    Value w = Value.input("w", WEIGHT.type());
    Graph graph = Graph.of("projected", List.of(w), List.of(constraint.project(w)));
    Tensor projected = Evaluate.run(graph, List.of(WEIGHT)).get(0);
    assertArrayEquals(expected, projected.toDoubleArray(), 1e-6, constraint.className());
    Constraint read = Config.create(Constraint.class, "constraint", constraint.serialize());
    assertEquals(constraint.config(), read.config());
  }

  @Test
  void weightsAreProjectedAfterEveryStep() {
    Dense layer = Dense.dense(1).kernelConstraint(NonNeg.nonNeg()).named("d");
    try (Model model = Sequential.of(Input.input(1), layer)) {
      model.setWeight("d/kernel", Tensor.of(new float[][] {{1}}));
      model.compile(SGD.sgd(1), MeanSquaredError.meanSquaredError());
      model.trainOnBatch(Tensor.of(new float[][] {{1}}), Tensor.of(new float[][] {{-9}}));
      assertEquals(0, model.weightValues().get("d/kernel").getDouble(0));
      assertEquals(-20, model.weightValues().get("d/bias").getDouble(0), 1e-5);
    }
  }

  @Test
  void impossibleOptionsAreRefused() {
    DiagnosticException refused =
        assertThrows(DiagnosticException.class, () -> MaxNorm.maxNorm(-1));
    assertEquals("NN-006", refused.diagnostic().code());
    assertEquals("ConstraintTest.java", refused.diagnostic().at().file());
  }
}
