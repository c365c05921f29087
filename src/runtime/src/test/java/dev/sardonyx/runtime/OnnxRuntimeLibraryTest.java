package dev.sardonyx.runtime;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxRuntimeLibraryTest {
  private static URL jar(Path folder, String name) throws IOException {
    Files.createDirectories(folder);
    Path jar = folder.resolve(name);
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new JarEntry("ai/onnxruntime/OrtEnvironment.class"));
    }
    return jar.toUri().toURL();
  }

  @Test
  void twoDifferentRuntimesAreRefused(@TempDir Path folder) throws IOException {
    URL[] jars = {jar(folder, "onnxruntime-1.29.0.jar"), jar(folder, "onnxruntime_gpu-1.29.0.jar")};
    try (URLClassLoader both = new URLClassLoader(jars, null)) {
      Diagnostic diagnostic = Refused.with("RT-004", () -> OnnxRuntimeLibrary.checkOnlyOne(both));
      assertTrue(diagnostic.received().contains("onnxruntime-1.29.0.jar"));
      assertTrue(diagnostic.received().contains("onnxruntime_gpu-1.29.0.jar"));
    }
  }

  @Test
  void theSameRuntimeTwiceDoesNoHarm(@TempDir Path folder) throws IOException {
    URL[] jars = {
      jar(folder.resolve("a"), "onnxruntime-1.29.0.jar"),
      jar(folder.resolve("b"), "onnxruntime-1.29.0.jar")
    };
    try (URLClassLoader both = new URLClassLoader(jars, null)) {
      assertDoesNotThrow(() -> OnnxRuntimeLibrary.checkOnlyOne(both));
    }
  }
}
