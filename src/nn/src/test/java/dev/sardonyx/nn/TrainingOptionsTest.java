package dev.sardonyx.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Fit.Verbosity;
import dev.sardonyx.nn.layers.Dense;
import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.losses.MeanSquaredError;
import dev.sardonyx.nn.metrics.F1Score;
import dev.sardonyx.nn.optimizers.Optimizer;
import dev.sardonyx.nn.optimizers.SGD;
import dev.sardonyx.nn.optimizers.ScheduleFreeAdamW;
import dev.sardonyx.nn.regularizers.L2;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Options that reach beyond one step: y = w·x, with w = 1 at first. */
class TrainingOptionsTest {
  private static final Tensor ONE = Tensor.of(new float[][] {{1}});
  private static final Tensor ZERO = Tensor.of(new float[][] {{0}});

  private static Model model(Optimizer optimizer) {
    Model model = Sequential.of(Input.input(1), Dense.dense(1).useBias(false).named("d"));
    model.setWeight("d/kernel", ONE);
    model.compile(optimizer, MeanSquaredError.meanSquaredError());
    return model;
  }

  private static double weight(Model model) {
    return model.weightValues().get("d/kernel").getDouble(0);
  }

  /** The loss is w², its gradient 2·w: a step halves w. */
  @Test
  void averagesTakeTheWeightsPlaceAfterFit() {
    try (Model model = model(SGD.sgd(0.25).ema(0.5, null))) {
      model.fit(ONE, ZERO, Fit.epochs(2).verbosity(Verbosity.SILENT));
      // The averages are ½, and the mean of it and ¼.
      assertEquals(0.375, weight(model), 1e-6);
    }
  }

  @Test
  void accumulatedGradientsMoveTheWeightOnce() {
    try (Model model = model(SGD.sgd(0.25).gradientAccumulationSteps(2L))) {
      model.trainOnBatch(ONE, ZERO);
      assertEquals(1, weight(model));
      model.trainOnBatch(ONE, ZERO);
      assertEquals(0.5, weight(model), 1e-6);
    }
  }

  @Test
  void aFirstStepWithoutScheduleIsAdams() {
    try (Model model = model(ScheduleFreeAdamW.scheduleFreeAdamW(0.125))) {
      model.trainOnBatch(ONE, ZERO);
      assertEquals(0.875, weight(model), 1e-5);
    }
  }

  @Test
  void penaltiesOnResultsAreMeansOverTheBatch() {
    Dense layer = Dense.dense(1).useBias(false).named("d").activityRegularizer(L2.l2(0.1));
    try (Model model = Sequential.of(Input.input(1), layer)) {
      model.setWeight("d/kernel", ONE);
      model.compile(SGD.sgd(0.25), MeanSquaredError.meanSquaredError());
      Tensor x = Tensor.of(new float[][] {{1}, {2}});
      assertEquals(0.1 * (1 + 4) / 2, model.evaluate(x, x).get("loss"), 1e-6);
    }
  }

  @Test
  void severalNumbersOfAMetricHavePlacesInLogs() {
    try (Model model = Sequential.of(Input.input(2), Dense.dense(2).named("d"))) {
      model.setWeight("d/kernel", Tensor.of(new float[][] {{1, 0}, {0, 1}}));
      model.compile(SGD.sgd(), MeanSquaredError.meanSquaredError(), F1Score.f1Score());
      Tensor rows = Tensor.of(new float[][] {{1, 0}, {0, 1}});
      Map<String, Double> logs = model.evaluate(rows, rows);
      assertEquals(List.of("loss", "f1_score/0", "f1_score/1"), List.copyOf(logs.keySet()));
      assertEquals(1, logs.get("f1_score/1"), 1e-6);
    }
  }
}
