package dev.sardonyx.runtime;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The one thread that ends runs at their deadlines; it starts with the first deadline. */
final class Deadlines {
  private static final Duration LONGEST = Duration.ofDays(36_500);
  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private Deadlines() {}

  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "sardonyx-deadlines");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    return timer;
  }

  static Future<?> after(Duration delay, Runnable work) {
    // A duration can be longer than a long counts nanoseconds.
    long millis = delay.compareTo(LONGEST) > 0 ? LONGEST.toMillis() : delay.toMillis();
    return TIMER.schedule(work, Math.max(0, millis), TimeUnit.MILLISECONDS);
  }
}
