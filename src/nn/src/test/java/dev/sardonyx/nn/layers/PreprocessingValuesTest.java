package dev.sardonyx.nn.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.nn.Sequential;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is prepared: numbers by hand, from the papers, or from TensorFlow's documentation. */
class PreprocessingValuesTest {
  /** The vector of the appendix of the paper: key and message count up from 0. */
  @Test
  void sipHash() {
    byte[] message = new byte[15];
    for (int i = 0; i < message.length; i++) {
      message[i] = (byte) i;
    }
    assertEquals(
        0xa129ca6149be45e5L, SipHash.of(0x0706050403020100L, 0x0f0e0d0c0b0a0908L, message));
  }

  /** Fingerprints of each of the lengths that are hashed differently, by Guava's FarmHash. */
  @Test
  void farmHash() {
    assertEquals("9ae16a3b2f90404f", farm(""));
    assertEquals("b3454265b6df75e3", farm("a"));
    assertEquals("b48be5a931380ce8", farm("hello"));
    assertEquals("ac6a07c674dc13d3", farm("the quick brown fox jumps over the lazy dog"));
    assertEquals("4905f2785f0c2818", farm("0123456789".repeat(7)));
  }

  private static String farm(String text) {
    return HexFormat.of().toHexDigits(FarmHash64.of(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void integersAreHashedAsDecimals() {
    Tensor integers = Tensor.of(new long[] {-7, 12}, 1, 2);
    Tensor texts = Tensor.ofStrings(List.of("-7", "12"), 1, 2);
    Hashing layer = Hashing.hashing(97);
    assertEquals(layer.compute(List.of(texts)), layer.compute(List.of(integers)));
  }

  @Test
  void placesOfTexts() {
    Tensor words = Tensor.ofStrings(List.of("dog", "", "cow", "cat"), 1, 4);
    List<String> pets = List.of("cat", "dog");
    assertLongs(new long[] {2, 0, 0, 1}, StringLookup.stringLookup(pets), words);
    assertLongs(new long[] {3, 0, 1, 2}, StringLookup.stringLookup(pets).maskToken(""), words);
    assertLongs(
        new long[] {1, 1, 1},
        StringLookup.stringLookup(pets).maskToken("").outputMode(CategoryOutput.COUNT),
        words);
    assertLongs(
        new long[] {1, 1},
        StringLookup.stringLookup(pets)
            .numOovIndices(0)
            .maskToken("")
            .outputMode(CategoryOutput.MULTI_HOT),
        Tensor.ofStrings(List.of("dog", "", "dog", "cat"), 1, 4));
  }

  @Test
  void withoutAPlaceUnknownTextsAreRefused() {
    StringLookup layer = StringLookup.stringLookup(List.of("cat")).numOovIndices(0);
    Tensor words = Tensor.ofStrings(List.of("cat", "cow"), 1, 2);
    assertThrows(DiagnosticException.class, () -> predict(layer, words));
  }

  @Test
  void aWayBack() {
    StringLookup layer =
        StringLookup.stringLookup(List.of("cat", "dog")).maskToken("").invert(true);
    Tensor back = predict(layer, Tensor.of(new long[] {0, 1, 2, 3, 9}, 1, 5));
    assertEquals(List.of("", "[UNK]", "cat", "dog", "[UNK]"), back.strings());
  }

  /** Python's remainder, never negative. */
  @Test
  void unknownIntegersByTheirRemainder() {
    assertLongs(
        new long[] {2, 1, 3, 0},
        IntegerLookup.integerLookup(5).numOovIndices(3),
        Tensor.of(new long[] {-1, 4, 5, 6}, 1, 4));
  }

  @Test
  void frequentTokensComeFirst() {
    StringLookup layer = StringLookup.stringLookup().maxTokens(3);
    layer.adapt(Tensor.ofStrings(List.of("b", "a", "a", "c", "c", "[UNK]"), 6));
    assertEquals(List.of("[UNK]", "c", "a"), layer.vocabulary());
    byte[] file = layer.assets().get("vocabulary.txt");
    assertEquals("[UNK]\nc\na", new String(file, StandardCharsets.UTF_8));
    StringLookup again = StringLookup.stringLookup();
    again.asset("vocabulary.txt", file);
    assertEquals(layer.vocabulary(), again.vocabulary());
  }

  /** log(1 + documents / (1 + documents that have the token)). */
  @Test
  void rareTokensWeighMore() {
    StringLookup layer = StringLookup.stringLookup().outputMode(CategoryOutput.TF_IDF);
    layer.adapt(Tensor.ofStrings(List.of("a", "b", "a", "a"), 2, 2));
    double a = Math.log(1 + 2.0 / 3);
    double b = Math.log(1 + 2.0 / 2);
    float[] weights =
        predict(layer, Tensor.ofStrings(List.of("a", "b", "b", "x"), 1, 4)).toFloatArray();
    assertArrayEquals(
        new float[] {(float) ((a + b) / 2), (float) a, (float) (2 * b)}, weights, 1e-6f);
    Tensor stored = layer.namedVariables().get("idf_weights");
    StringLookup again = StringLookup.stringLookup().outputMode(CategoryOutput.TF_IDF);
    again.asset("vocabulary.txt", layer.assets().get("vocabulary.txt"));
    again.namedVariable("idf_weights", stored);
    assertEquals(Map.of("idf_weights", stored), again.namedVariables());
  }

  @Test
  void textsInWords() {
    Tensor texts = Tensor.ofStrings(List.of("The cat, the DOG!", "dog\tcat  É"), 2);
    TextVectorization layer =
        TextVectorization.textVectorization(List.of("the", "cat", "dog", "the cat"));
    assertLongs(new long[] {2, 3, 2, 4, 4, 3, 1, 0}, layer, texts);
    assertLongs(new long[] {2, 3, 2, 4, 5, 1, 1, 4, 3, 1, 1, 1, 0, 0}, layer.ngrams(2), texts);
    assertLongs(new long[] {5, 1, 1, 1, 1, 0}, layer.ngrams(List.of(2L)), texts);
  }

  @Test
  void textsAsWholes() {
    TextVectorization layer =
        TextVectorization.textVectorization(List.of("a b"))
            .split(null)
            .outputMode(CategoryOutput.ONE_HOT);
    assertLongs(new long[] {0, 1, 1, 0}, layer, Tensor.ofStrings(List.of("A B!", "c"), 2, 1));
  }

  @Test
  void wordsAreFoundInTexts() {
    TextVectorization layer = TextVectorization.textVectorization();
    layer.adapt(Tensor.ofStrings(List.of("foo bar", "bar baz"), 2));
    assertEquals(List.of("", "[UNK]", "bar", "foo", "baz"), layer.vocabulary());
  }

  @Test
  void meanAndVariance() {
    Normalization layer = Normalization.normalization();
    layer.adapt(
        List.of(Tensor.of(new float[] {1, 10}, 1, 2), Tensor.of(new float[] {3, 10, 5, 40}, 2, 2)));
    float[] y = predict(layer, Tensor.of(new float[] {3, 20}, 1, 2)).toFloatArray();
    assertArrayEquals(new float[] {0, 0}, y, 1e-5f);
    float[] z = predict(layer, Tensor.of(new float[] {5, 60}, 1, 2)).toFloatArray();
    float[] expected = {(float) (2 / Math.sqrt(8.0 / 3)), (float) (40 / Math.sqrt(200))};
    assertArrayEquals(expected, z, 1e-5f);
  }

  @Test
  void binsOfEquallyManyNumbers() {
    float[] numbers = new float[1000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (i * 7) % 1000;
    }
    Discretization layer = Discretization.bins(4).adapt(Tensor.of(numbers));
    double[] found = layer.boundaries().stream().mapToDouble(b -> b).toArray();
    assertArrayEquals(new double[] {250, 500, 750}, found, 10);
    Tensor bins = predict(layer, Tensor.of(new float[] {-1, 400, 600, 1e9f}, 1, 4));
    assertArrayEquals(new long[] {0, 1, 2, 3}, bins.toLongArray());
  }

  /** A boundary belongs to the bin above; NaN to the last, as in NumPy. */
  @Test
  void boundaries() {
    Tensor bins =
        predict(
            Discretization.discretization(0, 1),
            Tensor.of(new float[] {-1, 0, 0.5f, 1, Float.NaN}, 1, 5));
    assertArrayEquals(new long[] {0, 1, 1, 2, 2}, bins.toLongArray());
  }

  private static void assertLongs(long[] expected, Layer layer, Tensor x) {
    assertArrayEquals(expected, predict(layer, x).toLongArray());
  }

  private static Tensor predict(Layer layer, Tensor x) {
    long[] dims = x.dims();
    Input input = Input.input(Arrays.copyOfRange(dims, 1, dims.length));
    ElementType element = x.element();
    try (var model = Sequential.of(input.as(element), layer)) {
      return model.predict(x);
    }
  }
}
