package dev.sardonyx.cli.verify;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/**
 * Runs cases, some at a time, and tells their outcomes in the order of the cases.
 *
 * @param main the main class of the processes that run them
 * @param jobs how many run at a time
 * @param timeLimit for each case
 * @param scratch a folder for what dying processes leave behind
 */
record Walk(Class<?> main, Settings settings, int jobs, Duration timeLimit, Path scratch) {
  /** Runs them all; {@code told} is called on this thread. */
  void run(List<Found> cases, BiConsumer<Found, Outcome> told)
      throws IOException, InterruptedException {
    List<CompletableFuture<Outcome>> outcomes = new ArrayList<>();
    cases.forEach(one -> outcomes.add(new CompletableFuture<>()));
    AtomicInteger next = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < Math.min(jobs, cases.size()); i++) {
      Thread thread = new Thread(() -> work(cases, outcomes, next), "sardonyx-cases-" + i);
      thread.start();
      threads.add(thread);
    }
    try {
      for (int i = 0; i < cases.size(); i++) {
        told.accept(cases.get(i), outcomes.get(i).get());
      }
    } catch (ExecutionException e) {
      throw unwrapped(e.getCause());
    } finally {
      threads.forEach(Thread::interrupt);
      for (Thread thread : threads) {
        thread.join();
      }
    }
  }

  private void work(
      List<Found> cases, List<CompletableFuture<Outcome>> outcomes, AtomicInteger next) {
    try (Isolation isolation = new Isolation(main, settings, timeLimit, scratch)) {
      for (int i = next.getAndIncrement(); i < cases.size(); i = next.getAndIncrement()) {
        try {
          outcomes.get(i).complete(cases.get(i).run(isolation));
        } catch (IOException | InterruptedException | RuntimeException e) {
          outcomes.get(i).completeExceptionally(e);
          return;
        }
      }
    }
  }

  private static RuntimeException unwrapped(Throwable cause) throws IOException {
    if (cause instanceof IOException e) {
      throw e;
    }
    return cause instanceof RuntimeException e ? e : new IllegalStateException(cause);
  }
}
