package dev.sardonyx.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OnnxTensor;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.ir.type.TensorType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class LeakTest {
  private static final long BOUND = 4 << 20;

  @Test
  @Timeout(60)
  void aLostSessionIsReportedAndFreed() throws Exception {
    BlockingQueue<String> reports = new LinkedBlockingQueue<>();
    Logger logger = Logger.getLogger("dev.sardonyx.runtime");
    Handler handler =
        new Handler() {
          @Override
          public void publish(LogRecord entry) {
            reports.add(entry.getMessage());
          }

          @Override
          public void flush() {}

          @Override
          public void close() {}
        };
    logger.addHandler(handler);
    logger.setUseParentHandlers(false);
    try {
      Session.open(TinyModel.doubling("N", 2));
      String report = null;
      while (report == null) {
        System.gc();
        report = reports.poll(50, TimeUnit.MILLISECONDS);
      }
      int bytes = TinyModel.doubling("N", 2).length;
      assertTrue(
          report.startsWith(
              "[RT-025] a session of model of %d bytes was lost without being closed\n  at LeakTest.java:"
                  .formatted(bytes)),
          report);
      Session.open(TinyModel.doubling("N", 2)).close();
      System.gc();
      assertEquals(null, reports.poll(200, TimeUnit.MILLISECONDS));
    } finally {
      logger.removeHandler(handler);
      logger.setUseParentHandlers(true);
    }
  }

  /** Every run makes native values of a few hundred bytes. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void runsLeaveNothingBehind() throws IOException {
    Tensor x = Tensor.of(new float[] {1});
    try (Session session = Session.open(TinyModel.doubling("N"))) {
      assertSomeRoundNeedsNoMemory(
          () -> {
            for (int i = 0; i < 200_000; i++) {
              session.run(Map.of("x", x));
            }
          });
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void sessionsLeaveNothingBehind() throws IOException {
    byte[] model = TinyModel.doubling("N", 1);
    assertSomeRoundNeedsNoMemory(
        () -> {
          for (int i = 0; i < 200; i++) {
            try (Session session = Session.open(model);
                Predictor predictor = Predictor.of(session)) {
              predictor.predict(i);
              predictor.predict(i);
            }
          }
        });
  }

  @Test
  void bindingsAreFreedWhenTheyAreDroppedAndAtTheEnd() {
    List<OnnxTensor> values = new ArrayList<>();
    try (Session session = Session.open(TinyModel.doubling("N", 1));
        Bindings bindings = new Bindings(session)) {
      for (int rows = 1; rows <= 6; rows++) {
        Binding binding = bindings.get(Map.of("x", TensorType.of(ElementType.FLOAT32, rows, 1)));
        binding.run();
        binding.run();
        values.addAll(binding.values());
      }
      assertEquals(12, values.size());
      for (int i = 0; i < 12; i++) {
        assertEquals(i < 4, values.get(i).isClosed(), "value " + i);
      }
    }
    assertTrue(values.stream().allMatch(OnnxTensor::isClosed));
  }

  @Test
  void stateIsFreed() {
    StateBuffers state =
        new StateBuffers("m", Map.of("x", "y"), Map.of("x", Tensor.of(new float[] {1})));
    List<OnnxTensor> values = List.copyOf(state.asInputs().values());
    state.close();
    assertTrue(values.size() == 1 && values.get(0).isClosed());
  }

  /** A leak shows in every round; what the JVM itself does with its memory does not. */
  private static void assertSomeRoundNeedsNoMemory(Runnable round) throws IOException {
    long grown = Long.MAX_VALUE;
    for (int i = 0; i < 6 && grown > BOUND; i++) {
      long before = residentBytes();
      round.run();
      System.gc();
      grown = Math.min(grown, residentBytes() - before);
    }
    long least = grown;
    assertTrue(least <= BOUND, () -> "every round took " + least + " bytes or more");
  }

  private static long residentBytes() throws IOException {
    String line =
        Files.readAllLines(Path.of("/proc/self/status")).stream()
            .filter(l -> l.startsWith("VmRSS:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(line.replaceAll("\\D", "")) << 10;
  }
}
