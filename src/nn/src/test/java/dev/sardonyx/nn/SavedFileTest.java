package dev.sardonyx.nn;

import static dev.sardonyx.nn.layers.Dense.dense;
import static dev.sardonyx.nn.layers.Input.input;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files of weights and models that are none, and places that cannot be written. */
class SavedFileTest {
  private static void assertRefused(String code, String message, Executable work) {
    Diagnostic refused = assertThrows(DiagnosticException.class, work).diagnostic();
    assertEquals(code, refused.code(), refused::toString);
    assertTrue(refused.message().contains(message), refused::toString);
    assertEquals("SavedFileTest.java", refused.at().file(), refused::toString);
  }

  private static byte[] safetensors(String header, int data) {
    byte[] json = header.getBytes(UTF_8);
    return ByteBuffer.allocate(8 + json.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(json.length)
        .put(json)
        .array();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[1]                                           | 0 | its header is no JSON object",
        "{}                                            | 4 | its tensors cover 0 of 4 bytes",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}} | 4 | does not fit its data",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}} | 4 | does not fit its data",
        "{\"w\":{\"dtype\":\"F7\",\"shape\":[1],\"data_offsets\":[0,4]}}  | 4 | is described by",
      })
  void weightsThatAreNone(String header, int data, String message, @TempDir Path folder)
      throws IOException {
    Path file = Files.write(folder.resolve("w.safetensors"), safetensors(header, data));
    try (Model model = Sequential.of(input(1), dense(1))) {
      assertRefused("NN-091", message, () -> model.loadWeights(file));
    }
  }

  @Test
  void weightsThatAreCutShort(@TempDir Path folder) throws IOException {
    try (Model model = Sequential.of(input(1), dense(1))) {
      Path file = Files.write(folder.resolve("w"), new byte[7]);
      assertRefused("NN-091", "fewer than its header's length", () -> model.loadWeights(file));
      Files.write(file, new byte[] {9, 0, 0, 0, 0, 0, 0, 0, '{', '}'});
      assertRefused("NN-091", "its header of 9 bytes", () -> model.loadWeights(file));
    }
  }

  @Test
  void placesThatCannotBeWritten(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    try (Model model = Sequential.of(input(1), dense(1))) {
      assertRefused("NN-092", "cannot write", () -> model.saveWeights(file.resolve("below")));
      assertRefused("NN-092", "cannot write", () -> model.save(file.resolve("below")));
    }
  }

  /** A saved model whose architecture is {@code config}. */
  private static Path saved(Path file, String config) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      byte[] bytes = config.getBytes(UTF_8);
      ZipEntry entry = new ZipEntry("config.json");
      CRC32 crc = new CRC32();
      crc.update(bytes);
      entry.setMethod(ZipEntry.STORED);
      entry.setSize(bytes.length);
      entry.setCrc(crc.getValue());
      zip.putNextEntry(entry);
      zip.write(bytes);
    }
    return file;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                         | the model's configuration should be",
        "{\"config\":{},\"class_name\":\"Script\"}  | there is no model class Script",
        "{\"config\":{},\"class_name\":\"Sequential\"} | layers should be a list, got null",
        "{\"config\":{\"layers\":[]},\"class_name\":\"Sequential\"} | a Sequential without layers",
      })
  void architecturesThatAreNone(String config, String message, @TempDir Path folder)
      throws IOException {
    Path file = saved(folder.resolve("m"), config);
    assertRefused("NN-093", message, () -> Model.load(file));
  }

  @Test
  void filesThatAreNoSavedModels(@TempDir Path folder) throws IOException {
    Path text = Files.writeString(folder.resolve("text"), "hello");
    assertRefused("NN-094", "this is no saved model", () -> Model.load(text));
    Path missing = folder.resolve("missing");
    assertRefused("NN-094", "this is no saved model", () -> Model.load(missing));
    Path broken = saved(folder.resolve("broken"), "{");
    assertRefused("NN-094", "this is no saved model", () -> Model.load(broken));
  }
}
