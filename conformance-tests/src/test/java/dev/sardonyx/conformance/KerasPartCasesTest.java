package dev.sardonyx.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.sardonyx.nn.config.Config;
import dev.sardonyx.nn.initializers.Initializer;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Our random initializers against the distributions that Keras's have. */
class KerasPartCasesTest {
  /** What part of a distribution lies within one standard deviation of the mean. */
  private static final Map<String, Double> WITHIN_ONE =
      Map.of(
          "normal", 0.6826894921,
          "truncated_normal", 0.6505374949,
          "uniform", 0.5773502692);

  @TestFactory
  Stream<DynamicTest> distributions() {
    return KerasCase.all("parts").stream()
        .filter(reference -> reference.arrays().isEmpty())
        .map(reference -> dynamicTest(reference.name(), () -> checkDistribution(reference)));
  }

  private static Initializer initializer(KerasCase reference) {
    return Config.create(Initializer.class, "initializer", reference.object("initializer"));
  }

  /** Within five standard errors; Keras's own sample was held to the same. */
  private static void checkDistribution(KerasCase reference) {
    long[] dims =
        reference.list("shape").stream().mapToLong(d -> ((Number) d).longValue()).toArray();
    float[] drawn = initializer(reference).generate(dims, new SplittableRandom(7));
    double mean = reference.number("mean");
    double stddev = reference.number("stddev");
    double n = drawn.length;
    assertNear("mean", mean, elements(drawn).average().orElseThrow(), 5 * stddev / Math.sqrt(n));
    double variance = elements(drawn).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    assertNear("stddev", 1, Math.sqrt(variance) / stddev, 5 / Math.sqrt(2 * n));
    double part = WITHIN_ONE.get(reference.text("distribution"));
    double within = elements(drawn).filter(x -> Math.abs(x - mean) < stddev).count() / n;
    assertNear("within one stddev", part, within, 5 * Math.sqrt(part * (1 - part) / n));
    if (reference.description().get("min") != null) {
      checkBounds(drawn, reference.number("min"), reference.number("max"));
    }
  }

  /** Nothing lies outside, and something close to either bound. */
  private static void checkBounds(float[] drawn, double min, double max) {
    double least = elements(drawn).min().orElseThrow();
    double greatest = elements(drawn).max().orElseThrow();
    double range = max - min;
    assertTrue(least >= min - 1e-6 * range && least < min + 0.02 * range, "least: " + least);
    assertTrue(
        greatest <= max + 1e-6 * range && greatest > max - 0.02 * range, "greatest: " + greatest);
  }

  private static DoubleStream elements(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
  }

  private static void assertNear(String what, double expected, double actual, double allowed) {
    assertEquals(expected, actual, allowed, what);
  }
}
