package dev.sardonyx.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.runtime.SessionOptions.Optimization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SessionOptionsTest {
  @Test
  void defaults() {
    SessionOptions defaults = SessionOptions.defaults();
    assertEquals(0, defaults.intraOpThreads());
    assertEquals(1, defaults.interOpThreads());
    assertEquals(Optimization.ALL, defaults.optimization());
    assertTrue(defaults.spinning());
    assertFalse(defaults.deterministic());
    assertEquals(List.of(ExecutionProvider.CPU), defaults.providers());
  }

  @ParameterizedTest
  @EnumSource
  void everyOptionRuns(Optimization level) {
    SessionOptions options =
        SessionOptions.defaults()
            .withOptimization(level)
            .withIntraOpThreads(2)
            .withInterOpThreads(2)
            .withSpinning(false)
            .withDeterministic(true)
            .withProviders(ExecutionProvider.CPU);
    try (Session session = Session.open(TinyModel.doubling("N"), options)) {
      Tensor y = session.run(Map.of("x", Tensor.of(new float[] {1, 2}))).get("y");
      assertArrayEquals(new float[] {2, 4}, y.toFloatArray());
    }
  }

  @Test
  void modelsComeFromFilesAndResources(@TempDir Path folder) throws Exception {
    Path file = Files.write(folder.resolve("größe 大.onnx"), TinyModel.doubling("N"));
    try (Session session = Session.open(file)) {
      assertEquals(file.toString(), session.name());
      assertEquals(file + ": x: float32[N] -> y: float32[N]", session.toString());
    }
    Refused.with("RT-001", () -> ModelResource.open(SessionOptionsTest.class, "none.onnx"));
    Path beside = Path.of(SessionOptionsTest.class.getResource("TinyModel.class").toURI());
    Files.write(beside.resolveSibling("doubling.onnx"), TinyModel.doubling("N"));
    try (Session session = ModelResource.open(SessionOptionsTest.class, "doubling.onnx")) {
      assertEquals("doubling.onnx", session.name());
      Tensor y = session.run(Map.of("x", Tensor.of(new float[] {3}))).get("y");
      assertArrayEquals(new float[] {6}, y.toFloatArray());
    }
  }
}
