package dev.sardonyx.keras;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that Keras and h5py wrote, against the values that h5py reads from them. */
class KerasFileTest {
  static final Path FILES = files();
  private static final Path JSON = FILES.resolve("layered.json");
  private static final Map<String, @Nullable Object> EXPECTED = expected();

  @TempDir Path folder;

  private static Path files() {
    try {
      return Path.of(
              Objects.requireNonNull(KerasFileTest.class.getResource("/files/expected.json"))
                  .toURI())
          .getParent();
    } catch (java.net.URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, @Nullable Object> expected() {
    try {
      return new JsonText(new Source("expected.json"), "", Limits.DEFAULT)
          .object(Files.readAllBytes(FILES.resolve("expected.json")));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  static KerasFile open(Path file) {
    String name = file.getFileName().toString();
    return name.contains(".weights.") ? KerasFile.open(JSON, file) : KerasFile.open(file);
  }

  /** All datasets by the names that {@code expected.json} has for them. */
  static Map<String, Dataset> datasets(KerasFile file) {
    Map<String, Dataset> found = new TreeMap<>();
    Weights weights = Objects.requireNonNull(file.weights());
    if (weights instanceof ObjectWeights tree) {
      for (String path : tree.paths()) {
        List<Dataset> vars = tree.vars(path);
        for (int i = 0; i < vars.size(); i++) {
          found.put(path + "/" + i, vars.get(i));
        }
        tree.named(path).forEach((name, data) -> found.put(path + "/" + name, data));
      }
    } else if (weights instanceof NamedWeights named) {
      for (NamedWeights.Layer layer : named.layers()) {
        layer.weights().forEach(w -> found.put(layer.name() + ": " + w.name(), w.data()));
      }
    }
    return found;
  }

  private static void assertExpected(String name, KerasFile file) {
    Map<?, ?> arrays = (Map<?, ?>) Objects.requireNonNull(EXPECTED.get(name));
    Map<String, Dataset> found = datasets(file);
    assertEquals(new TreeMap<>(arrays).keySet(), found.keySet());
    found.forEach(
        (path, dataset) -> {
          Map<?, ?> array = (Map<?, ?>) arrays.get(path);
          assertEquals(array.get("dtype"), dataset.element().toString(), path);
          Tensor tensor = dataset.read();
          List<Object> dims = new ArrayList<>();
          for (long dim : dataset.dims()) {
            dims.add(dim);
          }
          assertEquals(array.get("shape"), dims, path);
          List<?> values = (List<?>) array.get("values");
          assertEquals(values.size(), tensor.size());
          for (int i = 0; i < values.size(); i++) {
            assertEquals(number(values.get(i)), tensor.getDouble(i), path);
          }
        });
  }

  private static double number(Object value) {
    return value instanceof Number n
        ? n.doubleValue()
        : switch ((String) value) {
          case "inf" -> Double.POSITIVE_INFINITY;
          case "-inf" -> Double.NEGATIVE_INFINITY;
          default -> Double.NaN;
        };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "layered.keras",
        "deflated.keras",
        "layered.weights.h5",
        "parts.weights.json",
        "flat.h5",
        "old.h5",
        "bfloat16.weights.h5",
        "int8.weights.h5",
        "chunked.weights.h5",
        "types.weights.h5"
      })
  void valuesAreThoseOfH5py(String name) {
    try (KerasFile file = open(FILES.resolve(name))) {
      assertExpected(name, file);
    }
  }

  @Test
  void newestLayoutOfGroupsIsRead() {
    try (KerasFile file = open(FILES.resolve("latest.weights.h5"))) {
      assertExpected("latest.weights.h5", file);
      assertEquals("newest", ((ObjectWeights) file.weights()).name("layers/dense"));
    }
  }

  @Test
  void archiveHasArchitectureVersionAndAssets() {
    try (KerasFile file = KerasFile.open(FILES.resolve("layered.keras"))) {
      assertEquals(Format.ARCHIVE, file.format());
      assertEquals("Sequential", file.architecture().get("class_name"));
      assertEquals("3.15.1", file.kerasVersion());
      assertNotNull(file.trainingConfig());
      String name = "assets/layers/string_lookup/vocabulary.txt";
      assertEquals(java.util.Set.of(name), file.assets());
      assertEquals(
          "eins\nzwei\n",
          new String(Objects.requireNonNull(file.asset(name)), StandardCharsets.UTF_8));
      assertNull(file.asset("assets/../config.json"));
      ObjectWeights weights = (ObjectWeights) Objects.requireNonNull(file.weights());
      assertEquals("first", weights.name("layers/dense"));
      assertEquals(
          List.of("batch_normalization", "dense", "sequential"), weights.children("layers"));
      assertTrue(weights.has("layers/sequential/layers"));
    }
  }

  @Test
  void whatAFileIsItsContentSays() throws IOException {
    Path misnamed = folder.resolve("early.keras");
    Files.copy(FILES.resolve("flat.h5"), misnamed);
    try (KerasFile file = KerasFile.open(misnamed)) {
      assertEquals(Format.HDF5, file.format());
      assertExpected("flat.h5", file);
      assertEquals(
          List.of("first", "norm"),
          ((NamedWeights) Objects.requireNonNull(file.weights()))
              .layers().stream().map(NamedWeights.Layer::name).toList());
    }
    try (KerasFile file = KerasFile.open(FILES.resolve("old.h5"))) {
      assertEquals("2.2.4-tf", file.kerasVersion());
    }
    try (KerasFile file = KerasFile.open(JSON)) {
      assertEquals(Format.JSON, file.format());
      assertNull(file.weights());
    }
  }

  private Path unpacked() throws IOException {
    Path model = folder.resolve("model");
    try (ZipFile zip = new ZipFile(FILES.resolve("layered.keras").toFile())) {
      for (ZipEntry entry : java.util.Collections.list(zip.entries())) {
        Path member = model.resolve(entry.getName());
        Files.createDirectories(member.getParent());
        Files.write(member, zip.getInputStream(entry).readAllBytes());
      }
    }
    return model;
  }

  @Test
  void folderIsRead() throws IOException {
    try (KerasFile file = KerasFile.open(unpacked())) {
      assertEquals(Format.FOLDER, file.format());
      assertExpected("layered.keras", file);
      assertEquals(
          10,
          Objects.requireNonNull(file.asset("assets/layers/string_lookup/vocabulary.txt")).length);
    }
  }

  /** The layout of caches of downloaded models: every file is a link to a blob. */
  @Test
  void folderOfLinksToBlobsIsRead() throws IOException {
    Path model = unpacked();
    Path blobs = Files.createDirectory(folder.resolve("blobs"));
    Path snapshot = Files.createDirectories(folder.resolve("snapshots/main"));
    for (String name : List.of("config.json", "metadata.json", "model.weights.h5")) {
      Files.move(model.resolve(name), blobs.resolve("blob-" + name));
      Files.createSymbolicLink(snapshot.resolve(name), blobs.resolve("blob-" + name));
    }
    try (KerasFile file = KerasFile.open(snapshot)) {
      assertExpected("layered.keras", file);
    }
  }

  @Test
  void linkOutOfTheFolderIsRefused() throws IOException {
    Path model = unpacked();
    Path secret = Files.createDirectory(folder.resolve("secret")).resolve("w.h5");
    Files.move(model.resolve("model.weights.h5"), secret);
    Files.createSymbolicLink(model.resolve("model.weights.h5"), secret);
    assertRefused("KERAS-008", model);
  }

  @Test
  void shardsThatLieElsewhereAreRefused() throws IOException {
    for (String name : List.of("../x.h5", "/etc/passwd", "..", "a/b.h5", "C:x.h5")) {
      Path index = folder.resolve("x.weights.json");
      Files.writeString(index, "{\"weight_map\": {\"/vars\": [\"%s\"]}}".formatted(name));
      DiagnosticException e =
          assertThrows(DiagnosticException.class, () -> KerasFile.open(JSON, index));
      assertEquals("KERAS-008", e.diagnostic().code(), e.getMessage());
    }
  }

  private static DiagnosticException assertRefused(String code, Path file) {
    DiagnosticException e = assertThrows(DiagnosticException.class, () -> KerasFile.open(file));
    assertEquals(code, e.diagnostic().code(), e.getMessage());
    return e;
  }

  @Test
  void whatIsNoModelIsRefusedWithAHint() throws IOException {
    Map<String, String> hints =
        Map.of(
            "", "empty",
            "<!doctype html>", "web page",
            "version https://git-lfs.github.com/spec/v1", "git lfs pull",
            "other", "model.save");
    for (Map.Entry<String, String> hint : hints.entrySet()) {
      Path file = folder.resolve("x.keras");
      Files.writeString(file, hint.getKey());
      DiagnosticException e = assertRefused("KERAS-001", file);
      assertTrue(e.getMessage().contains(hint.getValue()), e.getMessage());
    }
    Path savedModel = Files.createDirectory(folder.resolve("saved"));
    Files.write(savedModel.resolve("saved_model.pb"), new byte[1]);
    assertTrue(assertRefused("KERAS-001", savedModel).getMessage().contains("SavedModel"));
    assertRefused("KERAS-002", folder.resolve("nowhere.keras"));
    assertRefused("KERAS-006", FILES.resolve("layered.weights.h5"));
    assertRefused("KERAS-006", FILES.resolve("parts.weights.json"));
  }

  @Test
  void closedFileGivesNoData() {
    Map<String, Dataset> datasets;
    try (KerasFile file = KerasFile.open(FILES.resolve("layered.keras"))) {
      datasets = datasets(file);
    }
    Dataset kernel = Objects.requireNonNull(datasets.get("layers/dense/0"));
    assertArrayEquals(new long[] {4, 2}, kernel.dims());
    DiagnosticException e = assertThrows(DiagnosticException.class, kernel::read);
    assertEquals("KERAS-002", e.diagnostic().code());
  }

  /** Whatever a byte is changed to: a model or one refusal. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "layered.keras",
        "deflated.keras",
        "flat.h5",
        "old.h5",
        "latest.weights.h5",
        "chunked.weights.h5",
        "types.weights.h5"
      })
  void changedBytesGiveAModelOrOneRefusal(String name) throws IOException {
    byte[] whole = Files.readAllBytes(FILES.resolve(name));
    java.util.Random random = new java.util.Random(1);
    Path file = folder.resolve(name);
    for (int round = 0; round < 150; round++) {
      byte[] changed = whole.clone();
      for (int i = random.nextInt(4); i >= 0; i--) {
        // The structure lies at the start more often than elsewhere.
        int at = random.nextInt(random.nextBoolean() ? changed.length : changed.length / 4);
        changed[at] = (byte) (random.nextBoolean() ? random.nextInt(256) : -1);
      }
      Files.write(file, changed);
      try (KerasFile opened = open(file)) {
        if (opened.weights() != null) {
          datasets(opened).values().forEach(Dataset::read);
        }
      } catch (DiagnosticException e) {
        assertEquals(4, e.getMessage().split("\n", -1).length, e.getMessage());
      }
    }
  }
}
