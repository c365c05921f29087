package dev.sardonyx.runtime;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.type.ElementType;
import dev.sardonyx.ir.type.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SessionLifecycleTest {
  private static final int THREADS = 8;
  private static final SessionOptions ONE_THREAD = SessionOptions.defaults().withIntraOpThreads(1);

  @Test
  void aClosedSessionSaysSo() {
    Session session = Session.open(TinyModel.doubling("N", 2));
    session.close();
    session.close();
    Refused.with("RT-020", () -> session.run(Map.of("x", Tensor.zeros(ElementType.FLOAT32, 1, 2))));
    assertEquals("{x=float32[N,2]}", session.inputs().toString());
  }

  @Test
  void manyThreadsShareASession() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    try (Session session = Session.open(TinyModel.doubling("N", 2))) {
      List<Callable<Void>> work = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        float value = t;
        work.add(
            () -> {
              for (int i = 0; i < 500; i++) {
                Tensor x = Tensor.of(new float[] {value, i}, 1, 2);
                assertArrayEquals(
                    new float[] {2 * value, 2 * i},
                    session.run(Map.of("x", x)).get("y").toFloatArray());
              }
              return null;
            });
      }
      for (Future<Void> f : pool.invokeAll(work)) {
        f.get();
      }
    } finally {
      pool.shutdown();
    }
  }

  /** Each run would take seconds; closing must end all of them, and none may crash. */
  @Test
  void closingEndsRunsUnderWay() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    byte[] model = TinyModel.longRunning(128, 4_000);
    Tensor x = Tensor.zeros(ElementType.FLOAT32, 128, 128);
    try {
      for (int round = 0; round < 20; round++) {
        Session session = Session.open(model, ONE_THREAD);
        CountDownLatch started = new CountDownLatch(THREADS);
        List<Future<Map<String, Tensor>>> runs = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
          runs.add(
              pool.submit(
                  () -> {
                    started.countDown();
                    return session.run(Map.of("x", x));
                  }));
        }
        started.await();
        Thread.sleep(round);
        session.close();
        for (Future<Map<String, Tensor>> run : runs) {
          String code = failure(run);
          assertTrue(Set.of("RT-020", "RT-021").contains(code), code);
        }
      }
    } finally {
      pool.shutdown();
    }
  }

  private static String failure(Future<Map<String, Tensor>> run) throws InterruptedException {
    try {
      run.get();
      return "none";
    } catch (ExecutionException e) {
      return e.getCause() instanceof DiagnosticException d
          ? d.diagnostic().code()
          : e.getCause().toString();
    }
  }

  @Test
  void aDeadlineEndsARunAndOnlyThatRun() {
    Tensor x = Tensor.zeros(ElementType.FLOAT32, 128, 128);
    try (Session session = Session.open(TinyModel.longRunning(128, 4_000), ONE_THREAD)) {
      long start = System.nanoTime();
      Refused.with(
          "RT-022", () -> session.run(Map.of("x", x), List.of("y"), Duration.ofMillis(50)));
      assertTrue(System.nanoTime() - start < Duration.ofSeconds(5).toNanos());
    }
    try (Session session = Session.open(TinyModel.longRunning(128, 5), ONE_THREAD)) {
      for (Duration enough : List.of(Duration.ofMinutes(1), Duration.ofSeconds(Long.MAX_VALUE))) {
        assertEquals(x, session.run(Map.of("x", x), List.of("y"), enough).get("y"));
      }
    }
  }

  @Test
  void anInterruptedCloseStillWaits() throws Exception {
    Session session = Session.open(TinyModel.longRunning(128, 4_000), ONE_THREAD);
    Tensor x = Tensor.zeros(ElementType.FLOAT32, 128, 128);
    ExecutorService pool = Executors.newSingleThreadExecutor();
    Future<Map<String, Tensor>> run = pool.submit(() -> session.run(Map.of("x", x)));
    Thread.sleep(50);
    Thread.currentThread().interrupt();
    session.close();
    assertTrue(Thread.interrupted(), "the interrupt is kept for the caller");
    assertEquals("RT-021", failure(run));
    pool.shutdown();
  }
}
