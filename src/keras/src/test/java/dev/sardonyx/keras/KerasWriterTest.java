package dev.sardonyx.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read again; that Keras loads it, a script shows. */
class KerasWriterTest {
  @TempDir Path folder;

  private static Map<String, @Nullable Object> architecture() {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    config.put("name", "größe");
    config.put("nothing", null);
    config.put("large", new BigInteger("123456789012345678901234567890"));
    config.put("numbers", List.of(1L, -2.5, Double.NaN, Double.NEGATIVE_INFINITY, true));
    Map<String, @Nullable Object> architecture = new LinkedHashMap<>();
    architecture.put("class_name", "Sequential");
    architecture.put("config", config);
    return architecture;
  }

  private static List<Tensor> tensors() {
    return List.of(
        Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3),
        Tensor.from(ElementType.BFLOAT16, new double[] {1.5, -2}, new long[] {2}),
        Tensor.from(ElementType.FLOAT16, new double[] {0.25}, new long[] {1}),
        Tensor.of(new double[] {Math.PI}),
        Tensor.scalar(7L),
        Tensor.from(ElementType.INT8, new double[] {-128, 127}, new long[] {2, 1}),
        Tensor.of(new boolean[] {true, false}),
        Tensor.zeros(ElementType.FLOAT32, 0, 3),
        Tensor.from(ElementType.UINT32, new double[] {4e9}, new long[] {1}));
  }

  private static WeightTree tree() {
    return new WeightTree()
        .add("", null, List.of(Tensor.scalar(1f)))
        .add("layers/dense", "first", tensors())
        .add("layers/flatten", "flat", List.of())
        .add("layers/lookup", null, List.of(), Map.of("idf_weights", Tensor.of(new float[] {3})));
  }

  private void write(Path file) {
    KerasWriter.writeArchive(
        file,
        architecture(),
        Map.of("keras_version", "3.15.1"),
        tree(),
        Map.of("assets/layers/lookup/vocabulary.txt", "a\n".getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void archiveIsReadAgain() {
    Path file = folder.resolve("x.keras");
    write(file);
    try (KerasFile read = KerasFile.open(file)) {
      assertEquals(architecture(), read.architecture());
      assertEquals("3.15.1", read.kerasVersion());
      ObjectWeights weights = (ObjectWeights) Objects.requireNonNull(read.weights());
      assertEquals("first", weights.name("layers/dense"));
      assertEquals(tensors(), weights.vars("layers/dense").stream().map(Dataset::read).toList());
      assertEquals(Tensor.scalar(1f), weights.vars("").get(0).read());
      assertEquals(
          Tensor.of(new float[] {3}),
          Objects.requireNonNull(weights.named("layers/lookup").get("idf_weights")).read());
      assertArrayEquals(new byte[] {'a', '\n'}, read.asset("assets/layers/lookup/vocabulary.txt"));
    }
  }

  @Test
  void sameContentGivesTheSameBytes() throws IOException {
    write(folder.resolve("a.keras"));
    write(folder.resolve("b.keras"));
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("a.keras")),
        Files.readAllBytes(folder.resolve("b.keras")));
    assertFalse(Files.exists(folder.resolve("a.keras.part")));
  }

  /** Lists above 64 kB are in parts, and texts above it in heaps. */
  @Test
  void wholeModelIsReadAgainHoweverLong() {
    Map<String, @Nullable Object> architecture = architecture();
    architecture.put("padding", "x".repeat(200_000));
    NamedTensors weights = new NamedTensors();
    for (int i = 0; i < 9000; i++) {
      weights.add(
          "layer_" + i,
          i % 1000 == 0
              ? Map.of("model/layer_" + i + "/kernel", Tensor.scalar((float) i))
              : Map.of());
    }
    Path file = folder.resolve("x.h5");
    KerasWriter.writeHdf5(file, architecture, "3.15.1", Map.of("loss", "mse"), weights);
    try (KerasFile read = KerasFile.open(file)) {
      assertEquals(architecture, read.architecture());
      assertEquals(Map.of("loss", "mse"), read.trainingConfig());
      NamedWeights found = (NamedWeights) Objects.requireNonNull(read.weights());
      List<String> names = new ArrayList<>();
      found.layers().forEach(layer -> names.add(layer.name()));
      assertEquals(weights.names(), names);
      NamedWeights.Weight weight =
          Objects.requireNonNull(found.layer("layer_8000")).weights().get(0);
      assertEquals("model/layer_8000/kernel", weight.name());
      assertEquals(Tensor.scalar(8000f), weight.data().read());
    }
  }

  @Test
  void weightsAndJsonAreReadTogether() {
    Path json = folder.resolve("m.json");
    Path weights = folder.resolve("m.weights.h5");
    KerasWriter.writeJson(json, architecture());
    KerasWriter.writeWeights(weights, tree());
    try (KerasFile read = KerasFile.open(json, weights)) {
      assertEquals(Format.JSON_AND_WEIGHTS, read.format());
      assertEquals(KerasFile.UNKNOWN_VERSION, read.kerasVersion());
      assertEquals(architecture(), read.architecture());
      assertEquals(
          9, ((ObjectWeights) Objects.requireNonNull(read.weights())).vars("layers/dense").size());
    }
  }

  @Test
  void whatNoFileHoldsIsRefused() {
    WeightTree texts = new WeightTree().add("a", null, List.of(Tensor.ofStrings(List.of("x"))));
    assertRefused("KERAS-031", () -> KerasWriter.writeWeights(folder.resolve("x.h5"), texts));
    NamedTensors clash =
        new NamedTensors()
            .add("a", Map.of("w", Tensor.scalar(1f)))
            .add("a/w", Map.of("v", Tensor.scalar(1f)));
    assertRefused(
        "KERAS-031",
        () -> KerasWriter.writeHdf5(folder.resolve("x.h5"), Map.of(), "3", null, clash));
    assertRefused(
        "KERAS-031", () -> KerasWriter.writeJson(folder.resolve("x"), Map.of("a", new Object())));
    assertThrows(
        IllegalArgumentException.class, () -> new WeightTree().add("a/../b", null, List.of()));
  }

  @Test
  void placeThatCannotBeWrittenIsRefused() throws IOException {
    Path file = folder.resolve("file");
    Files.writeString(file, "x");
    assertRefused("KERAS-030", () -> KerasWriter.writeJson(file.resolve("below"), Map.of()));
  }

  private static void assertRefused(String code, Runnable work) {
    DiagnosticException e = assertThrows(DiagnosticException.class, work::run);
    assertEquals(code, e.diagnostic().code(), e.getMessage());
  }
}
