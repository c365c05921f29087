package dev.sardonyx.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Fit.Verbosity;
import dev.sardonyx.nn.layers.Conv2D;
import dev.sardonyx.nn.layers.Dense;
import dev.sardonyx.nn.layers.Discretization;
import dev.sardonyx.nn.layers.Embedding;
import dev.sardonyx.nn.layers.Flatten;
import dev.sardonyx.nn.layers.GlobalAveragePooling2D;
import dev.sardonyx.nn.layers.Input;
import dev.sardonyx.nn.layers.Layer;
import dev.sardonyx.nn.layers.MixUp;
import dev.sardonyx.nn.layers.RandomBrightness;
import dev.sardonyx.nn.layers.RandomColorJitter;
import dev.sardonyx.nn.layers.RandomContrast;
import dev.sardonyx.nn.layers.RandomCrop;
import dev.sardonyx.nn.layers.RandomErasing;
import dev.sardonyx.nn.layers.RandomFlip;
import dev.sardonyx.nn.layers.RandomGaussianBlur;
import dev.sardonyx.nn.layers.RandomRotation;
import dev.sardonyx.nn.layers.RandomSharpness;
import dev.sardonyx.nn.layers.RandomShear;
import dev.sardonyx.nn.layers.RandomTranslation;
import dev.sardonyx.nn.layers.RandomZoom;
import dev.sardonyx.nn.layers.TextVectorization;
import dev.sardonyx.nn.losses.MeanSquaredError;
import dev.sardonyx.nn.optimizers.Adam;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Models that prepare their data themselves are trained. */
class AugmentedFitTest {
  private static final Fit TWICE = Fit.epochs(2).batchSize(4).verbosity(Verbosity.SILENT);

  @Test
  void imagesChangeInTrainingOnly() {
    try (Model model =
        images(
            RandomFlip.randomFlip(RandomFlip.Mode.HORIZONTAL_AND_VERTICAL),
            RandomRotation.randomRotation(0.1),
            RandomTranslation.randomTranslation(0.1, 0.1),
            RandomZoom.randomZoom(0.1, 0.1),
            RandomShear.randomShear(0.1, 0.1),
            RandomContrast.randomContrast(0.2),
            RandomBrightness.randomBrightness(0.1),
            RandomColorJitter.randomColorJitter().hueFactor(0.1).saturationFactor(0.4, 0.6),
            RandomSharpness.randomSharpness(0.5),
            RandomGaussianBlur.randomGaussianBlur(0.5),
            RandomErasing.randomErasing(0.5))) {
      Tensor x = noise(8, 6, 6, 3);
      Tensor before = model.predict(x);
      assertEquals(before, model.predict(x));
      History history = model.fit(x, noise(8, 1), TWICE);
      assertTrue(Double.isFinite(history.last("loss")));
      assertEquals(model.predict(x), model.predict(x));
    }
  }

  @Test
  void aPieceIsCutOutInTrainingOnly() {
    try (Model model =
        Sequential.of(
            Input.input(6, 6, 3),
            RandomCrop.randomCrop(4, 4),
            Conv2D.conv2d(2, 3),
            GlobalAveragePooling2D.globalAveragePooling2d(),
            Dense.dense(1))) {
      model.compile(Adam.adam(0.01), MeanSquaredError.meanSquaredError());
      assertTrue(Double.isFinite(model.fit(noise(8, 6, 6, 3), noise(8, 1), TWICE).last("loss")));
    }
  }

  @Test
  void whatIsNotWrittenIsRefused() {
    try (Model model = images(MixUp.mixUp())) {
      Tensor x = noise(8, 6, 6, 3);
      model.predict(x);
      DiagnosticException refused =
          assertThrows(DiagnosticException.class, () -> model.fit(x, noise(8, 1), TWICE));
      assertEquals("NN-044", refused.diagnostic().code());
    }
  }

  @Test
  void textsAndNumbersArePrepared() {
    TextVectorization words = TextVectorization.textVectorization().outputSequenceLength(3);
    Tensor texts = Tensor.ofStrings(List.of("a good day", "a bad day", "good", "bad"), 4, 1);
    words.adapt(texts);
    try (Model model =
        Sequential.of(
            Input.input(1).as(ElementType.STRING),
            words,
            Embedding.embedding(words.vocabulary().size(), 2),
            Flatten.flatten(),
            Dense.dense(1))) {
      model.compile(Adam.adam(0.1), MeanSquaredError.meanSquaredError());
      Tensor y = Tensor.of(new float[] {1, 0, 1, 0}, 4, 1);
      model.fit(texts, y, Fit.epochs(60).batchSize(4).verbosity(Verbosity.SILENT));
      assertTrue(model.predict(texts).getDouble(2) > model.predict(texts).getDouble(3) + 0.5);
    }
    Discretization bins = Discretization.bins(3).adapt(noise(30));
    assertEquals(2, bins.boundaries().size());
  }

  private static Model images(Layer... first) {
    Layer[] layers = Arrays.copyOf(first, first.length + 2);
    layers[first.length] = Flatten.flatten();
    layers[first.length + 1] = Dense.dense(1);
    Model model = Sequential.of(Input.input(6, 6, 3), layers);
    model.compile(Adam.adam(0.001), MeanSquaredError.meanSquaredError());
    return model;
  }

  private static Tensor noise(long... dims) {
    long size = 1;
    for (long dim : dims) {
      size *= dim;
    }
    float[] values = new float[(int) size];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 37 % 101) / 101f;
    }
    return Tensor.of(values, dims);
  }
}
