package dev.sardonyx.nn.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.Graph;
import dev.sardonyx.ir.Value;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.testkit.Evaluate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What random layers do to images in training, with given numbers in the place of random ones. */
class AugmentationTest {
  /** Two rows of three gray pixels. */
  private static final Tensor GRAY = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 2, 3, 1);

  private static final Tensor COLOUR =
      Tensor.of(new float[] {200, 100, 50, 0, 255, 255}, 1, 1, 2, 3);

  record Row(Layer layer, Tensor image, double[] drawn, float[] expected) {
    @Override
    public String toString() {
      return layer.className();
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
        row(RandomFlip.randomFlip(RandomFlip.Mode.HORIZONTAL), GRAY, d(0.4), 3, 2, 1, 6, 5, 4),
        row(RandomFlip.randomFlip(RandomFlip.Mode.VERTICAL), GRAY, d(0.4), 4, 5, 6, 1, 2, 3),
        row(RandomFlip.randomFlip(RandomFlip.Mode.VERTICAL), GRAY, d(0.6), 1, 2, 3, 4, 5, 6),
        row(
            RandomBrightness.randomBrightness(0, 0.1),
            GRAY,
            d(0.2),
            6.1f,
            7.1f,
            8.1f,
            9.1f,
            10.1f,
            11.1f),
        row(RandomContrast.randomContrast(0, 1), GRAY, d(1), 0, 0.5f, 2.5f, 4.5f, 6.5f, 8.5f),
        row(RandomInvert.randomInvert(1, 1), GRAY, d(0, 0.5), 254, 253, 252, 251, 250, 249),
        row(RandomPosterization.randomPosterization(7, 7), GRAY, d(), 0, 2, 2, 4, 4, 6),
        row(RandomCrop.randomCrop(1, 2), GRAY, d(0.9, 0.9), 5, 6),
        row(RandomCrop.randomCrop(1, 2), GRAY, d(0, 0.4), 1, 2),
        // A third of the width to the left, what comes in is mirrored.
        row(RandomTranslation.randomTranslation(0, 1 / 3.0), GRAY, d(0.5, 0), 2, 3, 3, 5, 6, 6),
        row(
            RandomTranslation.randomTranslation(0, 1 / 3.0)
                .fillMode(FillMode.CONSTANT)
                .fillValue(9),
            GRAY,
            d(0.5, 0),
            2,
            3,
            9,
            5,
            6,
            9),
        row(
            RandomTranslation.randomTranslation(0, 1 / 3.0).fillMode(FillMode.NEAREST),
            GRAY,
            d(0.5, 1),
            1,
            1,
            2,
            4,
            4,
            5),
        row(
            RandomTranslation.randomTranslation(0, 1 / 3.0).fillMode(FillMode.WRAP),
            GRAY,
            d(0.5, 1),
            3,
            1,
            2,
            6,
            4,
            5),
        // Half a turn.
        row(RandomRotation.randomRotation(-0.5, 0.5), GRAY, d(1), 6, 5, 4, 3, 2, 1),
        row(
            RandomZoom.randomZoom(new double[] {0, 0}, new double[] {0, 0}),
            GRAY,
            d(0.3, 0.3),
            1,
            2,
            3,
            4,
            5,
            6),
        row(
            RandomShear.randomShear(new double[] {1, 1}, new double[] {0, 0})
                .fillMode(FillMode.NEAREST),
            GRAY,
            d(0, 0, 0),
            1,
            2,
            3,
            5,
            6,
            6),
        row(
            RandomErasing.randomErasing(1, 1).scale(0.25, 0.25).fillValue(9),
            Tensor.of(new float[16], 1, 4, 4, 1),
            d(0.3, 0.5, 0.3, 0, 0, 0.5),
            0,
            0,
            0,
            0,
            9,
            9,
            0,
            0,
            9,
            9,
            0,
            0,
            0,
            0,
            0,
            0),
        row(
            RandomGrayscale.randomGrayscale(1),
            COLOUR,
            d(0.5),
            124.18f,
            124.18f,
            124.18f,
            178.755f,
            178.755f,
            178.755f),
        row(
            RandomColorDegeneration.randomColorDegeneration(0, 0),
            COLOUR,
            d(0.5),
            200,
            100,
            50,
            0,
            255,
            255),
        // A factor of one half keeps the saturation.
        row(
            RandomSaturation.randomSaturation(0.5, 0.5),
            COLOUR.reshape(1, 1, 2, 3),
            d(0.5),
            200,
            100,
            50,
            0,
            255,
            255),
        row(RandomHue.randomHue(0, 0), COLOUR, d(0.2, 0.5), 200, 100, 50, 0, 255, 255),
        row(RandomSharpness.randomSharpness(0.5, 0.5), GRAY, d(0.5), 1, 2, 3, 4, 5, 6),
        row(
            RandomGaussianBlur.randomGaussianBlur(1, 1).sigma(0, 0),
            GRAY,
            d(0, 0.5, 0.5, 0.5),
            1,
            2,
            3,
            4,
            5,
            6),
        row(Solarization.solarization(0, 0), GRAY, d(0.5, 0.5), 254, 253, 252, 251, 250, 249),
        row(
            RandomColorJitter.randomColorJitter().brightnessFactor(0, 0.1),
            GRAY,
            d(0.2),
            6.1f,
            7.1f,
            8.1f,
            9.1f,
            10.1f,
            11.1f),
        row(Equalization.equalization(), GRAY, d(), 0, 51, 102, 153, 204, 255));
  }

  private static double[] d(double... drawn) {
    return drawn;
  }

  private static Row row(Layer layer, Tensor image, double[] drawn, float... expected) {
    return new Row(layer, image, drawn, expected);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void training(Row row) {
    ProbeCall call = new ProbeCall(true);
    Value x = Value.input("x", row.image().type());
    Value y = row.layer().lower(call, List.of(x)).get(0);
    assertEquals(row.drawn().length, call.uniform.size(), "draws");
    List<Value> inputs = new ArrayList<>(List.of(x));
    List<Tensor> data = new ArrayList<>(List.of(row.image()));
    for (int i = 0; i < row.drawn().length; i++) {
      Value drawn = call.uniform.get(i);
      inputs.add(drawn);
      data.add(Tensor.full(drawn.element(), row.drawn()[i], drawn.shape().fixed()));
    }
    List<Value> named = new ArrayList<>(inputs);
    Tensor result = Evaluate.run(Graph.of("training", named, List.of(y)), data).get(0);
    assertArrayEquals(row.expected(), result.toFloatArray(), 2e-3f);
  }

  @Test
  void nothingHappensInInference() {
    Value x = Value.input("x", GRAY.type());
    rows()
        .filter(row -> !(row.layer() instanceof RandomCrop))
        .forEach(
            row ->
                assertSame(
                    x, row.layer().lower(new ProbeCall(false), List.of(x)).get(0), row.toString()));
  }

  /** Each draw of a layer with a seed has one of its own, the same in every graph. */
  @Test
  void seeds() {
    RandomTranslation layer = RandomTranslation.randomTranslation(0.1, 0.1).seed(5);
    for (int i = 0; i < 2; i++) {
      ProbeCall call = new ProbeCall(true);
      layer.lower(call, List.of(Value.input("x", GRAY.type())));
      assertEquals(List.of(5L, 6L), call.seeds);
    }
  }

  @ParameterizedTest
  @MethodSource("untrained")
  void whatIsNotWrittenIsRefusedInTrainingOnly(Layer layer) {
    Value x = Value.input("x", COLOUR.type());
    assertSame(x, layer.lower(new ProbeCall(false), List.of(x)).get(0));
    DiagnosticException refused =
        assertThrows(DiagnosticException.class, () -> layer.lower(new ProbeCall(true), List.of(x)));
    assertEquals("NN-044", refused.diagnostic().code());
    assertEquals(
        layer.className() + " does not make its random changes in training",
        refused.diagnostic().message());
  }

  static Stream<Layer> untrained() {
    return Stream.of(
        AugMix.augMix(0.3),
        RandAugment.randAugment(0.3),
        CutMix.cutMix(1),
        MixUp.mixUp(),
        RandomPerspective.randomPerspective(1),
        RandomElasticTransform.randomElasticTransform(1));
  }
}
