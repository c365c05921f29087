package dev.sardonyx.nn.layers;

import static dev.sardonyx.nn.layers.CategoryOutput.COUNT;
import static dev.sardonyx.nn.layers.CategoryOutput.MULTI_HOT;
import static dev.sardonyx.nn.layers.CategoryOutput.ONE_HOT;
import static dev.sardonyx.nn.layers.CategoryOutput.TF_IDF;
import static dev.sardonyx.nn.layers.DataFormat.CHANNELS_FIRST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Shape;
import dev.sardonyx.nn.config.Config;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Layers that prepare numbers, categories, texts and sounds: options and types. */
class PreprocessingLayersTest {
  private static final List<String> PETS = List.of("cat", "dog");

  record Row(Layer layer, String inputs, String output, Map<String, Object> options) {
    @Override
    public String toString() {
      return layer.className() + " " + options;
    }
  }

  static Stream<Row> rows() {
    return Stream.of(
        row(
            Normalization.normalization(1, 2).invert(true),
            "float32[4,3]",
            "float32[N,4,3]",
            "axis",
            List.of(1L, 2L),
            "invert",
            true,
            "mean",
            null),
        row(
            Normalization.normalization().given(new double[] {1, 2}, new double[] {3, 4}),
            "int32[2]",
            "float32[N,2]",
            "mean",
            List.of(1.0, 2.0),
            "variance",
            List.of(3.0, 4.0)),
        row(
            Discretization.discretization(0, 1).epsilon(0.1).outputMode(ONE_HOT),
            "float32[1]",
            "float32[N,3]",
            "bin_boundaries",
            List.of(0.0, 1.0),
            "epsilon",
            0.1,
            "output_mode",
            "one_hot"),
        row(Discretization.bins(4), "float32[5]", "int32[N,5]", "num_bins", 4L),
        row(
            CategoryEncoding.categoryEncoding(5).outputMode(COUNT),
            "int32[4]",
            "float32[N,5]",
            "num_tokens",
            5L,
            "output_mode",
            "count"),
        row(
            Hashing.hashing(7).salt(1, 2).maskValue("none"),
            "string[4]",
            "int64[N,4]",
            "num_bins",
            7L,
            "salt",
            List.of(1L, 2L),
            "mask_value",
            "none"),
        row(
            Hashing.hashing(7).outputMode(MULTI_HOT),
            "int64[4]",
            "float32[N,7]",
            "output_mode",
            "multi_hot",
            "dtype",
            "float32"),
        row(
            HashedCrossing.hashedCrossing(7).outputMode(ONE_HOT),
            "string[1] int32[1]",
            "float32[N,7]",
            "num_bins",
            7L,
            "output_mode",
            "one_hot"),
        row(
            StringLookup.stringLookup(PETS).maskToken("").numOovIndices(2).salt(1, 2),
            "string[4]",
            "int64[N,4]",
            "vocabulary",
            PETS,
            "vocabulary_size",
            5L,
            "mask_token",
            "",
            "salt",
            List.of(1L, 2L)),
        row(
            StringLookup.stringLookup(PETS).invert(true).oovToken("?"),
            "int64[4]",
            "string[N,4]",
            "invert",
            true,
            "oov_token",
            "?"),
        row(
            StringLookup.stringLookup(PETS).outputMode(COUNT).maxTokens(9).padToMaxTokens(true),
            "string[4]",
            "int64[N,9]",
            "max_tokens",
            9L,
            "pad_to_max_tokens",
            true),
        row(
            IntegerLookup.integerLookup(5, 7).farmHash().numOovIndices(3).maskToken(0L),
            "int32[4]",
            "int64[N,4]",
            "vocabulary",
            List.of(5L, 7L),
            "oov_method",
            "farmhash",
            "vocabulary_dtype",
            "int64"),
        row(
            IntegerLookup.integerLookup(5, 7).outputMode(ONE_HOT),
            "int64[1]",
            "int64[N,3]",
            "output_mode",
            "one_hot",
            "vocabulary_size",
            3L),
        row(
            TextVectorization.textVectorization(PETS)
                .standardize(Standardization.LOWER)
                .split(TextSplit.CHARACTER)
                .ngrams(2)
                .outputSequenceLength(6),
            "string[]",
            "int64[N,6]",
            "standardize",
            "lower",
            "split",
            "character",
            "ngrams",
            2L,
            "output_sequence_length",
            6L),
        row(
            TextVectorization.textVectorization(PETS)
                .outputMode(TF_IDF)
                .idfWeights(List.of(1.0, 2.0)),
            "string[1]",
            "float32[N,3]",
            "output_mode",
            "tf_idf",
            "idf_weights",
            List.of(1.0, 2.0)),
        row(
            TextVectorization.textVectorization(PETS).split(null).outputMode(ONE_HOT),
            "string[1]",
            "int64[N,3]",
            "split",
            null),
        row(
            TextVectorization.textVectorization(PETS).outputMode(ONE_HOT).named("text"),
            "string[1]",
            "int64[N,text_words,3]",
            "output_mode",
            "one_hot"),
        row(Rescaling.rescaling(0.5, -1), "uint8[4]", "float32[N,4]", "scale", 0.5, "offset", -1.0),
        row(
            STFTSpectrogram.stftSpectrogram(STFTSpectrogram.Mode.STFT)
                .frameLength(16)
                .frameStep(4)
                .fftLength(20)
                .window("hamming")
                .scaling("spectrum")
                .periodic(true)
                .padding(Padding.SAME)
                .expandDims(true)
                .dataFormat(CHANNELS_FIRST),
            "float32[2,40]",
            "float32[N,2,10,22]",
            "mode",
            "stft",
            "frame_length",
            16L,
            "frame_step",
            4L,
            "fft_length",
            20L,
            "window",
            "hamming",
            "scaling",
            "spectrum",
            "periodic",
            true,
            "padding",
            "same",
            "expand_dims",
            true,
            "data_format",
            "channels_first"),
        row(
            MelSpectrogram.melSpectrogram()
                .fftLength(64)
                .sequenceStride(16)
                .sequenceLength(32)
                .window("hamming")
                .samplingRate(1000)
                .numMelBins(8)
                .frequencies(10, 400)
                .powerToDb(false)
                .topDb(60)
                .magExp(1)
                .minPower(1e-5)
                .refPower(2),
            "float32[320]",
            "float32[N,8,21]",
            "fft_length",
            64L,
            "sequence_stride",
            16L,
            "sequence_length",
            32L,
            "num_mel_bins",
            8L,
            "min_freq",
            10.0,
            "max_freq",
            400.0,
            "power_to_db",
            false,
            "top_db",
            60.0,
            "mag_exp",
            1.0,
            "min_power",
            1e-5,
            "ref_power",
            2.0));
  }

  static Row row(Layer layer, String inputs, String output, Object... keysAndValues) {
    Map<String, Object> options = new LinkedHashMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      options.put((String) keysAndValues[i], keysAndValues[i + 1]);
    }
    return new Row(layer, inputs, output, options);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void writtenAndReadBack(Row row) {
    checkConfig(row);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void types(Row row) {
    checkTypes(row);
  }

  static void checkConfig(Row row) {
    Map<String, Object> config = row.layer().config();
    row.options().forEach((key, value) -> assertEquals(value, config.get(key), key));
    Layer read = Config.create(Layer.class, "layer", row.layer().serialize());
    assertEquals(row.layer().getClass(), read.getClass());
    assertEquals(config, read.config());
    Map<String, Object> more = new LinkedHashMap<>(config);
    more.put("colour", "red");
    Map<String, Object> unknown = Map.of("class_name", row.layer().className(), "config", more);
    DiagnosticException refused =
        assertThrows(DiagnosticException.class, () -> Config.create(Layer.class, "layer", unknown));
    assertEquals("NN-003", refused.diagnostic().code());
  }

  static void checkTypes(Row row) {
    List<SymbolicTensor> inputs = new ArrayList<>();
    for (String input : row.inputs().split(" ")) {
      int open = input.indexOf('[');
      inputs.add(
          Input.input(Shape.parse(input.substring(open)))
              .as(ElementType.parse(input.substring(0, open))));
    }
    SymbolicTensor result = row.layer().applyAll(inputs).get(0);
    assertEquals(row.output(), result.type().toString());
  }

  /** What Keras writes for arrays, and in older versions. */
  @Test
  void otherFormsOfOptions() {
    Map<String, Object> array =
        Map.of("class_name", "__numpy__", "config", Map.of("value", List.of(1, 2)));
    Layer rescaling = create("Rescaling", Map.of("scale", array));
    assertEquals(List.of(1.0, 2.0), rescaling.config().get("scale"));
    assertEquals(
        "multi_hot",
        create("CategoryEncoding", Map.of("num_tokens", 3, "output_mode", "binary"))
            .config()
            .get("output_mode"));
    assertEquals(
        List.of(3L, 3L), create("Hashing", Map.of("num_bins", 3, "salt", 3)).config().get("salt"));
    assertEquals(List.of(2L), create("Normalization", Map.of("axis", 2)).config().get("axis"));
  }

  @Test
  void refusals() {
    assertRefused("NN-006", "StringLookup", Map.of("vocabulary", "/etc/passwd"));
    assertRefused("NN-006", "TextVectorization", Map.of("vocabulary", "words.txt"));
    assertRefused("NN-006", "StringLookup", Map.of("vocabulary", List.of("a", "a")));
    assertRefused("NN-006", "IntegerLookup", Map.of("salt", 3));
    assertRefused("NN-006", "IntegerLookup", Map.of("max_tokens", 1));
    assertRefused("NN-006", "TextVectorization", Map.of("standardize", Map.of("config", "f")));
    assertRefused("NN-002", "StringLookup", Map.of("sparse", true));
    assertRefused("NN-002", "TextVectorization", Map.of("ragged", true));
    assertRefused("NN-006", "Hashing", Map.of("num_bins", 3, "dtype", "float32"));
    assertRefused("NN-006", "Discretization", Map.of("bin_boundaries", List.of(2, 1)));
    assertRefused("NN-006", "STFTSpectrogram", Map.of("window", "tukey"));
    assertRefused("NN-006", "MelSpectrogram", Map.of("fft_length", 8, "sequence_length", 9));
    assertRefused("NN-006", "Normalization", Map.of("mean", 1));
    assertRefused("NN-006", "Rescaling", Map.of("scale", List.of(List.of(1), 2)));
  }

  @Test
  void inputsOfAnotherKind() {
    Input numbers = Input.input(2);
    assertEquals("NN-043", code(() -> StringLookup.stringLookup(PETS).apply(numbers)));
    assertEquals("NN-043", code(() -> TextVectorization.textVectorization(PETS).apply(numbers)));
    assertEquals(
        "NN-043",
        code(() -> HashedCrossing.hashedCrossing(2).apply(Input.input(1), Input.input(1))));
  }

  private static void assertRefused(String code, String className, Map<String, Object> config) {
    assertEquals(code, code(() -> create(className, config)), className + config);
  }

  private static String code(org.junit.jupiter.api.function.Executable executable) {
    return assertThrows(DiagnosticException.class, executable).diagnostic().code();
  }

  private static Layer create(String className, Map<String, Object> config) {
    return Config.create(Layer.class, "layer", Map.of("class_name", className, "config", config));
  }
}
