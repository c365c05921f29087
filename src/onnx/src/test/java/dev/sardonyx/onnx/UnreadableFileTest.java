package dev.sardonyx.onnx;

import static dev.sardonyx.onnx.Models.graph;
import static dev.sardonyx.onnx.Models.model;
import static dev.sardonyx.onnx.Models.relu;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import com.google.protobuf.UnknownFieldSet.Field;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no models: refused at the line that wanted to read them. */
class UnreadableFileTest {
  private static Diagnostic refused(Path path) {
    DiagnosticException e = assertThrows(DiagnosticException.class, () -> OnnxFile.read(path));
    assertEquals("UnreadableFileTest.java", e.diagnostic().at().file(), e::getMessage);
    assertTrue(e.diagnostic().at().line() > 0, e::getMessage);
    assertTrue(e.diagnostic().received().startsWith("file: "), e::getMessage);
    assertEquals(4, e.getMessage().split("\n", -1).length, e::getMessage);
    return e.diagnostic();
  }

  @Test
  void fileThatIsNotThere(@TempDir Path folder) throws IOException {
    Diagnostic missing = refused(folder.resolve("m.onnx"));
    assertEquals("ONNX-001", missing.code());
    assertEquals("the model does not exist", missing.message());
    Diagnostic directory = refused(folder);
    assertEquals("ONNX-001", directory.code());
    assertEquals("the model is no regular file", directory.message());
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("link"));
    assertEquals("ONNX-001", refused(link).code());
  }

  @Test
  void linksAreFollowed(@TempDir Path folder) throws IOException {
    Path blob = Files.write(folder.resolve("blob"), model(graph(relu())).build().toByteArray());
    Path link = Files.createSymbolicLink(folder.resolve("model.onnx"), blob);
    assertEquals("g", OnnxFile.read(link).name());
  }

  @Test
  void streamsThatFail() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("unplugged");
          }
        };
    DiagnosticException e =
        assertThrows(DiagnosticException.class, () -> OnnxFile.read(broken, "s"));
    assertEquals("ONNX-001", e.diagnostic().code());
    assertEquals("the model cannot be read: unplugged", e.diagnostic().message());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'' | the file is empty | again",
        "<!DOCTYPE html><html> | no ONNX model | web page",
        "version https://git-lfs.github.com/spec/v1 | no ONNX model | git lfs pull",
        "PK..zip | no ONNX model | zip archive",
        "    ORTM | no ONNX model | .ort",
        "hello | no ONNX model | again",
      })
  void filesOfAnotherKind(String content, String message, String help, @TempDir Path folder)
      throws IOException {
    String text = content.equals("''") ? "" : content.startsWith("ORTM") ? "\b\0\0\0ORTM" : content;
    Path path = Files.writeString(folder.resolve("m.onnx"), text, StandardCharsets.ISO_8859_1);
    Diagnostic d = refused(path);
    assertEquals("ONNX-002", d.code());
    assertTrue(d.message().contains(message), d::toString);
    assertTrue(d.help().contains(help), d::toString);
    assertTrue(d.received().contains("m.onnx, " + text.length() + " bytes"), d::toString);
  }

  /** A prefix can itself be a message; then something that every model has is missing. */
  @Test
  void truncatedFiles(@TempDir Path folder) throws IOException {
    byte[] bytes = model(graph(relu())).setProducerName("p").build().toByteArray();
    for (int length = 0; length < bytes.length; length++) {
      byte[] part = Arrays.copyOf(bytes, length);
      try {
        OnnxFile.read(part, "m.onnx");
        throw new AssertionError("read from " + length + " of " + bytes.length + " bytes");
      } catch (DiagnosticException e) {
        assertTrue(e.diagnostic().code().startsWith("ONNX-00"), e::getMessage);
      }
    }
  }

  @Test
  void trailingGarbage() {
    byte[] model = model(graph(relu())).build().toByteArray();
    for (int tail : new int[] {0, 4, 0x3C, 0xFF}) {
      byte[] bytes = Arrays.copyOf(model, model.length + 1);
      bytes[model.length] = (byte) tail;
      DiagnosticException e =
          assertThrows(DiagnosticException.class, () -> OnnxFile.read(bytes, "m.onnx"));
      assertEquals("ONNX-002", e.diagnostic().code(), "tail " + tail);
    }
  }

  @Test
  void nestedTooDeep() {
    byte[] groups = new byte[1_000_000];
    Arrays.fill(groups, (byte) 0x7B);
    assertEquals("ONNX-030", Models.refused(groups).code());
    // A model, its graph, a node, an attribute, its graph, and so on.
    int[] fields = {1, 5, 6};
    ByteString inside = ByteString.EMPTY;
    for (int depth = 2000; depth >= 0; depth--) {
      int field = depth == 0 ? 7 : fields[(depth - 1) % 3];
      inside = nested(field, inside);
    }
    assertEquals("ONNX-030", Models.refused(inside.toByteArray()).code());
  }

  private static ByteString nested(int field, ByteString inside) {
    Field content = Field.newBuilder().addLengthDelimited(inside).build();
    return UnknownFieldSet.newBuilder().addField(field, content).build().toByteString();
  }

  @Test
  void aModelWithoutAVersionOrGraph() {
    assertEquals("ONNX-002", Models.refused(model(graph(relu())).clearIrVersion()).code());
    assertEquals("ONNX-002", Models.refused(model(graph(relu())).clearGraph()).code());
  }
}
