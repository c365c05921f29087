package dev.sardonyx.nn.initializers;

import static dev.sardonyx.nn.initializers.FanInitializer.Distribution.TRUNCATED_NORMAL;
import static dev.sardonyx.nn.initializers.FanInitializer.Distribution.UNIFORM;
import static dev.sardonyx.nn.initializers.FanInitializer.Distribution.UNTRUNCATED_NORMAL;
import static dev.sardonyx.nn.initializers.FanInitializer.Mode.FAN_AVG;
import static dev.sardonyx.nn.initializers.FanInitializer.Mode.FAN_IN;
import static dev.sardonyx.nn.initializers.FanInitializer.Mode.FAN_OUT;
import static dev.sardonyx.nn.initializers.VarianceScaling.varianceScaling;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.nn.config.Config;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class InitializerTest {
  /** 2,000 inputs and 3,000 outputs a unit: the bounds are the formulas of Keras's documents. */
  private static final long[] KERNEL = {10, 10, 20, 30};

  private static final double NONE = Double.POSITIVE_INFINITY;

  /** Keras's stddev of a normal distribution that is cut off at ±2 of its own. */
  private static final double CUT = 0.87962566103423978;

  /** What a sample has to look like; {@code bound} is how far from the mean the last number is. */
  record Expected(Initializer initializer, double mean, double stddev, double bound) {
    @Override
    public String toString() {
      return initializer.serialize().toString();
    }
  }

  static Stream<Expected> distributions() {
    return Stream.of(
        uniform(GlorotUniform.glorotUniform(), Math.sqrt(6 / 5_000.0)),
        uniform(HeUniform.heUniform(), Math.sqrt(6 / 2_000.0)),
        uniform(LecunUniform.lecunUniform(), Math.sqrt(3 / 2_000.0)),
        truncated(GlorotNormal.glorotNormal(), Math.sqrt(2 / 5_000.0)),
        truncated(HeNormal.heNormal(), Math.sqrt(2 / 2_000.0)),
        truncated(LecunNormal.lecunNormal(), Math.sqrt(1 / 2_000.0)),
        truncated(varianceScaling(), Math.sqrt(1 / 2_000.0)),
        truncated(varianceScaling(5, FAN_OUT, TRUNCATED_NORMAL), Math.sqrt(5 / 3_000.0)),
        uniform(varianceScaling(0.1, FAN_AVG, UNIFORM), Math.sqrt(0.3 / 2_500.0)),
        new Expected(
            varianceScaling(3, FAN_IN, UNTRUNCATED_NORMAL), 0, Math.sqrt(3 / 2_000.0), NONE),
        uniform(RandomUniform.randomUniform(), 0.05),
        new Expected(RandomUniform.randomUniform(1, 4), 2.5, 3 / Math.sqrt(12), 1.5),
        new Expected(RandomNormal.randomNormal(), 0, 0.05, NONE),
        new Expected(RandomNormal.randomNormal(-2, 0.5), -2, 0.5, NONE),
        new Expected(TruncatedNormal.truncatedNormal(), 0, 0.05 * CUT, 0.1),
        new Expected(TruncatedNormal.truncatedNormal(3, 2), 3, 2 * CUT, 4));
  }

  private static Expected uniform(Initializer initializer, double limit) {
    return new Expected(initializer, 0, limit / Math.sqrt(3), limit);
  }

  private static Expected truncated(Initializer initializer, double stddev) {
    return new Expected(initializer, 0, stddev, 2 * stddev / CUT);
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void samplesHaveTheFormulasMomentsAndBounds(Expected expected) {
    float[] drawn = expected.initializer().generate(KERNEL, new SplittableRandom(42));
    assertEquals(60_000, drawn.length);
    double mean = elements(drawn).average().orElseThrow();
    double variance = elements(drawn).map(x -> (x - mean) * (x - mean)).average().orElseThrow();
    assertEquals(expected.mean(), mean, 5 * expected.stddev() / Math.sqrt(drawn.length));
    assertEquals(1, Math.sqrt(variance) / expected.stddev(), 5 / Math.sqrt(2.0 * drawn.length));
    double furthest = elements(drawn).map(x -> Math.abs(x - expected.mean())).max().orElseThrow();
    if (expected.bound() == NONE) {
      assertTrue(furthest > 3.5 * expected.stddev(), "furthest: " + furthest);
    } else {
      assertEquals(expected.bound(), furthest, 1e-3 * expected.bound());
      assertTrue(furthest <= expected.bound() * (1 + 1e-6), "furthest: " + furthest);
    }
  }

  /** As many numbers beyond one, two and three standard deviations as the normal table says. */
  @Test
  void normalNumbersHaveNormalTails() {
    float[] drawn =
        RandomNormal.randomNormal(0, 1).generate(new long[] {1_000_000}, new SplittableRandom(1));
    assertEquals(0.3173105, elements(drawn).filter(x -> Math.abs(x) > 1).count() / 1e6, 0.0025);
    assertEquals(0.0455003, elements(drawn).filter(x -> Math.abs(x) > 2).count() / 1e6, 0.0011);
    assertEquals(0.0026998, elements(drawn).filter(x -> Math.abs(x) > 3).count() / 1e6, 0.0003);
  }

  @Test
  void constantsAreConstant() {
    long[] dims = {2, 1};
    assertArrayEquals(new float[] {0, 0}, Zeros.zeros().generate(dims, new SplittableRandom()));
    assertArrayEquals(new float[] {1, 1}, Ones.ones().generate(dims, new SplittableRandom()));
    assertArrayEquals(
        new float[] {-2.5f, -2.5f}, Constant.constant(-2.5).generate(dims, new SplittableRandom()));
    assertArrayEquals(
        new float[] {0}, Constant.constant().generate(new long[0], new SplittableRandom()));
  }

  static Stream<RandomInitializer> random() {
    return Stream.of(
        GlorotUniform.glorotUniform(),
        GlorotNormal.glorotNormal(),
        HeUniform.heUniform(),
        HeNormal.heNormal(),
        LecunUniform.lecunUniform(),
        LecunNormal.lecunNormal(),
        RandomNormal.randomNormal(),
        RandomUniform.randomUniform(),
        TruncatedNormal.truncatedNormal(),
        varianceScaling());
  }

  @ParameterizedTest
  @MethodSource("random")
  void aSeedAloneDecides(RandomInitializer initializer) {
    long[] dims = {4, 5};
    float[] unseeded = initializer.generate(dims, new SplittableRandom(1));
    assertArrayEquals(unseeded, initializer.generate(dims, new SplittableRandom(1)));
    assertFalse(Arrays.equals(unseeded, initializer.generate(dims, new SplittableRandom(2))));
    float[] seeded = initializer.seed(9).generate(dims, new SplittableRandom(1));
    assertArrayEquals(seeded, initializer.generate(dims, new SplittableRandom(2)));
    assertFalse(
        Arrays.equals(seeded, initializer.seed(10).generate(dims, new SplittableRandom(1))));
  }

  @ParameterizedTest
  @MethodSource("random")
  void configurationsAreReadBack(RandomInitializer initializer) {
    initializer.seed(5);
    Initializer read =
        Config.create(Initializer.class, "kernel_initializer", initializer.serialize());
    assertEquals(initializer.getClass(), read.getClass());
    assertEquals(initializer.config(), read.config());
    assertEquals(5L, read.config().get("seed"));
  }

  @Test
  void optionsAreKeras() {
    assertEquals(
        "{seed=null, mean=1.0, stddev=0.5}", RandomNormal.randomNormal(1, 0.5).config().toString());
    assertEquals(
        "{seed=null, minval=-0.05, maxval=0.05}",
        RandomUniform.randomUniform().config().toString());
    assertEquals(
        "{seed=null, input_axes=null, output_axes=null, scale=2.0, mode=fan_out,"
            + " distribution=untruncated_normal}",
        varianceScaling(2, FAN_OUT, UNTRUNCATED_NORMAL).config().toString());
    assertEquals("{value=3.0}", Constant.constant(3).config().toString());
    assertEquals(Map.of(), Zeros.zeros().config());
    assertEquals(Map.of(), Ones.ones().config());
  }

  @Test
  void numbersThatMeanNothingAreRefused() {
    assertRefused(
        "option stddev of RandomNormal is a number that is not negative, got -1.0",
        () -> RandomNormal.randomNormal(0, -1));
    assertRefused(
        "option mean of TruncatedNormal is a finite number, got NaN",
        () -> TruncatedNormal.truncatedNormal(Double.NaN, 1));
    assertRefused(
        "option maxval of RandomUniform is at least minval = 1.0, got 0.0",
        () -> RandomUniform.randomUniform(1, 0));
    assertRefused(
        "option scale of VarianceScaling is a positive number, got 0.0",
        () -> varianceScaling(0, FAN_IN, UNIFORM));
    assertRefused(
        "option value of Constant is a finite number, got Infinity",
        () -> Constant.constant(Double.POSITIVE_INFINITY));
    assertRefused(
        "option seed is an integer or null, got {}",
        () ->
            Config.create(
                Initializer.class,
                "initializer",
                Map.of("class_name", "HeNormal", "config", Map.of("seed", Map.of()))));
    assertRefused(
        "option input_axes is not supported with the value [0]",
        () ->
            Config.create(
                Initializer.class,
                "initializer",
                Map.of("class_name", "HeNormal", "config", Map.of("input_axes", List.of(0)))));
  }

  private static void assertRefused(String message, Executable work) {
    DiagnosticException refused = assertThrows(DiagnosticException.class, work);
    assertEquals(message, refused.diagnostic().message());
    assertEquals("InitializerTest.java", refused.diagnostic().at().file());
  }

  private static DoubleStream elements(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
  }

  @Test
  void identityIsAMatrix() {
    float[] elements = Identity.identity(0.5).generate(new long[] {2, 3}, new SplittableRandom(0));
    assertArrayEquals(new float[] {0.5f, 0, 0, 0, 0.5f, 0}, elements);
    assertEquals(Map.of(), Identity.identity().config());
    assertEquals(Map.of("gain", 0.5), Identity.identity(0.5).config());
    DiagnosticException refused =
        assertThrows(
            DiagnosticException.class,
            () -> Identity.identity().generate(new long[] {3}, new SplittableRandom(0)));
    assertEquals("NN-012", refused.diagnostic().code());
  }
}
