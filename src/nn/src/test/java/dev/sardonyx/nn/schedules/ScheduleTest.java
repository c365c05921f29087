package dev.sardonyx.nn.schedules;

import static dev.sardonyx.nn.schedules.CosineDecay.cosineDecay;
import static dev.sardonyx.nn.schedules.CosineDecayRestarts.cosineDecayRestarts;
import static dev.sardonyx.nn.schedules.ExponentialDecay.exponentialDecay;
import static dev.sardonyx.nn.schedules.InverseTimeDecay.inverseTimeDecay;
import static dev.sardonyx.nn.schedules.PiecewiseConstantDecay.piecewiseConstantDecay;
import static dev.sardonyx.nn.schedules.PolynomialDecay.polynomialDecay;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.nn.config.Config;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ScheduleTest {
  @Test
  void exponentialDecayHalvesPerPeriod() {
    assertEquals(0.25, exponentialDecay(1, 10, 0.5).rate(20), 1e-12);
    assertEquals(Math.sqrt(0.5), exponentialDecay(1, 10, 0.5).rate(5), 1e-12);
    assertEquals(1, exponentialDecay(1, 10, 0.5).staircase(true).rate(9), 1e-12);
  }

  @Test
  void inverseTimeDecayDividesByTime() {
    assertEquals(0.5, inverseTimeDecay(1, 10, 0.5).rate(20), 1e-12);
    assertEquals(1 / 1.5, inverseTimeDecay(1, 10, 0.5).staircase(true).rate(19), 1e-12);
  }

  @Test
  void aBoundaryBelongsToTheRateBeforeIt() {
    PiecewiseConstantDecay schedule =
        piecewiseConstantDecay(List.of(3, 7), List.of(0.5, 0.25, 0.125));
    assertEquals(
        List.of(0.5, 0.5, 0.25, 0.25, 0.125),
        Stream.of(0, 3, 4, 7, 8).map(schedule::rate).toList());
  }

  @Test
  void polynomialDecayEndsOrStartsAgain() {
    PolynomialDecay square = polynomialDecay(1, 4).endLearningRate(0.5).power(2);
    assertEquals(0.5 * 0.75 * 0.75 + 0.5, square.rate(1), 1e-12);
    assertEquals(0.5, square.rate(100), 1e-12);
    PolynomialDecay cycle = polynomialDecay(1, 10).endLearningRate(0).cycle(true);
    assertEquals(0, cycle.rate(10), 1e-12);
    assertEquals(1 - 11.0 / 20, cycle.rate(11), 1e-12);
  }

  @Test
  void cosineDecayWarmsUpInAStraightLine() {
    CosineDecay schedule = cosineDecay(0, 10).alpha(0.1).warmup(1, 4);
    assertEquals(0.5, schedule.rate(2), 1e-12);
    assertEquals(1, schedule.rate(4), 1e-12);
    assertEquals(0.55, schedule.rate(9), 1e-12);
    assertEquals(0.1, schedule.rate(1000), 1e-12);
  }

  @Test
  void cosineDecayRestartsLaterAndLower() {
    CosineDecayRestarts schedule = cosineDecayRestarts(1, 4).tMul(1.5).mMul(0.5);
    // Periods of 4, 6 and 9 steps.
    assertEquals(1, schedule.rate(0), 1e-12);
    assertEquals(0.5, schedule.rate(4), 1e-12);
    assertEquals(0.25, schedule.rate(7), 1e-12);
    assertEquals(0.25, schedule.rate(10), 1e-12);
    assertEquals(0.125, schedule.rate(19), 1e-12);
  }

  @Test
  void everyRestartComesInTime() {
    for (double factor : new double[] {1, 1.1, 1.3, 2, 3, 10}) {
      CosineDecayRestarts schedule = cosineDecayRestarts(1, 1000).tMul(factor);
      double start = 0;
      for (int i = 0; i < 6; i++) {
        long step = (long) Math.ceil(start - 1e-6);
        assertEquals(1, schedule.rate(step), 1e-4, "restart %d, factor %s".formatted(i, factor));
        start += 1000 * Math.pow(factor, i);
      }
    }
  }

  @Test
  void periodsThatGetShorterComeToAnEnd() {
    CosineDecayRestarts schedule = cosineDecayRestarts(1, 4).tMul(0.5).alpha(0.25);
    assertEquals(1, schedule.rate(6), 1e-12);
    assertEquals(0.25, schedule.rate(8), 1e-12);
    assertEquals(0.25, schedule.rate(1_000_000), 1e-12);
  }

  static Stream<Configured> configured() {
    return Stream.of(
        new Configured(exponentialDecay(0.1, 3, 0.7).staircase(true)),
        new Configured(inverseTimeDecay(0.1, 3, 0.7).staircase(true)),
        new Configured(polynomialDecay(0.1, 8).endLearningRate(0.01).power(2).cycle(true)),
        new Configured(cosineDecay(0.1, 8).alpha(0.1).warmup(0.2, 4)),
        new Configured(cosineDecayRestarts(0.1, 3).tMul(1.5).mMul(0.8).alpha(0.1)),
        new Configured(piecewiseConstantDecay(List.of(3, 7), List.of(0.1, 0.05, 0.01))));
  }

  record Configured(LearningRateSchedule schedule) {}

  @ParameterizedTest
  @MethodSource("configured")
  void aConfigurationMakesTheSameSchedule(Configured given) {
    LearningRateSchedule copy =
        Config.create(LearningRateSchedule.class, "schedule", given.schedule.serialize());
    assertEquals(given.schedule.config(), copy.config());
    for (long step = 0; step < 30; step++) {
      assertEquals(given.schedule.rate(step), copy.rate(step));
    }
  }

  @Test
  void impossibleOptionsAreRefused() {
    refused("NN-006", () -> exponentialDecay(0.1, 0, 0.5));
    refused("NN-006", () -> cosineDecayRestarts(0.1, -1));
    refused("NN-006", () -> cosineDecayRestarts(0.1, 3).tMul(0));
    refused("NN-006", () -> piecewiseConstantDecay(List.of(3), List.of(0.1)));
    refused("NN-006", () -> piecewiseConstantDecay(List.of(3, 2), List.of(0.1, 0.2, 0.3)));
    Map<String, Object> incomplete =
        Map.of("class_name", "ExponentialDecay", "config", Map.of("initial_learning_rate", 0.1));
    refused("NN-007", () -> Config.create(LearningRateSchedule.class, "schedule", incomplete));
  }

  @Test
  void aLambdaIsAScheduleWithoutConfiguration() {
    LearningRateSchedule schedule = step -> 1.0 / (1 + step);
    assertEquals(0.25, schedule.rate(3));
    refused("NN-020", () -> schedule.config());
  }

  private static void refused(String code, Executable work) {
    DiagnosticException e = assertThrows(DiagnosticException.class, work);
    assertEquals(code, e.diagnostic().code());
    assertEquals("ScheduleTest.java", e.diagnostic().at().file());
  }
}
