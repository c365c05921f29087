package dev.sardonyx.runtime;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  /** What a program does that has to do without the native library. */
  public static final class Start {
    private Start() {}

    public static void main(String[] args) {
      try (Session session = Session.open(TinyModel.doubling("N"))) {
        System.out.println(session);
      } catch (DiagnosticException e) {
        System.out.println(e.diagnostic().code());
        System.out.println(e.diagnostic().at().file());
      }
    }
  }

  /** A process loads the library once and for all, so this takes another one. */
  @Test
  void aLibraryThatCannotBeLoaded(@TempDir Path folder) throws Exception {
    Process java =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Donnxruntime.native.path=" + folder,
                "-cp",
                System.getProperty("java.class.path"),
                Start.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String said = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, java.waitFor());
    assertEquals(List.of("RT-003", "OnnxRuntimeLibraryTest.java"), said.lines().toList());
  }
}
