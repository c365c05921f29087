package dev.sardonyx.nn.callbacks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Fit;
import dev.sardonyx.nn.Fit.Verbosity;
import dev.sardonyx.nn.Model;
import dev.sardonyx.nn.Sequential;
import dev.sardonyx.nn.layers.Dense;
import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.losses.MeanSquaredError;
import dev.sardonyx.nn.optimizers.SGD;
import org.junit.jupiter.api.Test;

class ReduceLROnPlateauTest {
  private static final Tensor ONE = Tensor.of(new float[][] {{1}});

  @Test
  void fitGoesOnWithTheLowerRate() {
    // Gradients of 0 change nothing, so that no epoch after the first improves.
    SGD optimizer = SGD.sgd(0.5);
    try (Model model = Sequential.of(Input.input(1), Dense.dense(1).useBias(false).named("d"))) {
      model.setWeight("d/kernel", ONE);
      model.compile(optimizer, MeanSquaredError.meanSquaredError());
      ReduceLROnPlateau callback =
          ReduceLROnPlateau.reduceLROnPlateau()
              .monitor("loss")
              .patience(2)
              .factor(0.5)
              .minLearningRate(0.2);
      model.fit(ONE, ONE, Fit.epochs(6).callbacks(callback).verbosity(Verbosity.SILENT));
    }
    assertEquals(0.2, optimizer.learningRate(0L), 1e-12);
  }

  @Test
  void aFactorLowers() {
    DiagnosticException refused =
        assertThrows(
            DiagnosticException.class, () -> ReduceLROnPlateau.reduceLROnPlateau().factor(1));
    assertEquals("NN-006", refused.diagnostic().code());
  }
}
