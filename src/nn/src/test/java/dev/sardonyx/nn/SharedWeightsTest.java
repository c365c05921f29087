package dev.sardonyx.nn;

import static dev.sardonyx.nn.activations.Activation.SIGMOID;
import static dev.sardonyx.nn.activations.Activation.TANH;
import static dev.sardonyx.nn.layers.Dense.dense;
import static dev.sardonyx.nn.layers.Input.input;
import static dev.sardonyx.nn.losses.BinaryCrossentropy.binaryCrossentropy;
import static dev.sardonyx.nn.losses.MeanSquaredError.meanSquaredError;
import static dev.sardonyx.nn.optimizers.Adam.adam;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.layers.Input;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Two models that share weights and train them in turns, as autoencoders and GANs do. */
class SharedWeightsTest {
  private static final Tensor X = Tensor.of(new float[] {1, 0, -1, 2, 0.5f, 1}, 3, 2);
  private static final Tensor ONES = Tensor.full(ElementType.FLOAT32, 1, 3, 1);

  @Test
  void whatOneTrainsTheOtherHas() {
    Model part = Sequential.of(input(2), dense(2).activation(TANH)).named("part");
    Input x = input(2);
    try (Model whole = Model.of(x, dense(1).apply(part.apply(x)))) {
      whole.compile(adam(0.1), meanSquaredError());
      part.compile(adam(0.1), meanSquaredError());
      Tensor before = part.predict(X);
      whole.trainOnBatch(X, ONES);
      Tensor between = part.predict(X);
      assertNotEquals(before, between);
      part.trainOnBatch(X, X);
      assertNotEquals(between, part.predict(X));
      assertEquals(
          part.weightValues().get("dense/kernel"), whole.weightValues().get("part/dense/kernel"));
      // The next step of the whole begins with what the part has made of the weights.
      Map<String, Tensor> now = whole.weightValues();
      double expected = whole.evaluate(X, ONES).get("loss");
      assertEquals(expected, whole.trainOnBatch(X, ONES).get("loss"), 1e-6);
      assertNotEquals(now, whole.weightValues());
      part.close();
    }
  }

  /** Keras's pattern: the discriminator is compiled, then frozen, then part of a second model. */
  @Test
  void freezingIsSettledWhenAModelIsCompiled() {
    Model discriminator =
        Sequential.of(input(2), dense(3).activation(TANH), dense(1).activation(SIGMOID))
            .named("discriminator");
    discriminator.compile(adam(0.1), binaryCrossentropy());
    discriminator.trainable(false);
    Input noise = input(2);
    Model generator = Sequential.of(input(2), dense(2)).named("generator");
    try (Model gan = Model.of(noise, discriminator.apply(generator.apply(noise)))) {
      gan.compile(adam(0.1), binaryCrossentropy());
      List<Tensor> judge = List.copyOf(discriminator.weightValues().values());
      List<Tensor> artist = List.copyOf(generator.weightValues().values());
      gan.trainOnBatch(X, ONES);
      assertEquals(judge, List.copyOf(discriminator.weightValues().values()));
      assertNotEquals(artist, List.copyOf(generator.weightValues().values()));
      artist = List.copyOf(generator.weightValues().values());
      discriminator.trainOnBatch(X, ONES);
      assertNotEquals(judge, List.copyOf(discriminator.weightValues().values()));
      assertEquals(artist, List.copyOf(generator.weightValues().values()));
      discriminator.close();
    }
  }
}
