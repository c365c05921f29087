package dev.sardonyx.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorFileTest {
  private static Diagnostic refused(Path path) {
    return assertThrows(DiagnosticException.class, () -> TensorFile.read(path)).diagnostic();
  }

  @Test
  void aTensorInAFileOfItsOwn(@TempDir Path folder) throws IOException {
    byte[] bytes = Models.weights("w").build().toByteArray();
    TensorFile read = TensorFile.read(Files.write(folder.resolve("input_0.pb"), bytes));
    assertEquals("w", read.name());
    assertEquals(Tensor.of(new float[] {1, 2}), read.tensor());
  }

  @Test
  void filesWithoutATensor(@TempDir Path folder) throws IOException {
    for (Path path :
        new Path[] {
          folder.resolve("none.pb"), folder, Files.writeString(folder.resolve("a.pb"), "hello")
        }) {
      Diagnostic d = refused(path);
      assertEquals("ONNX-018", d.code(), d::toString);
      assertEquals("TensorFileTest.java", d.at().file());
      assertEquals("file: " + path, d.received());
    }
  }
}
