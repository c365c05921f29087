package dev.sardonyx.cli.verify;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.cli.Refusal;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Runs cases in another process, and in the next one where a case has taken it down. */
final class Isolation implements CaseRunner, AutoCloseable {
  private static final Duration STARTING = Duration.ofSeconds(120);

  private final Class<?> main;
  private final Settings settings;
  private final Duration timeLimit;
  private final Path scratch;
  private @Nullable WorkerProcess worker;

  /**
   * @param main the worker's main class
   * @param timeLimit for each case
   * @param scratch a folder for what dying processes leave behind
   */
  Isolation(Class<?> main, Settings settings, Duration timeLimit, Path scratch) {
    this.main = main;
    this.settings = settings;
    this.timeLimit = timeLimit;
    this.scratch = scratch;
  }

  @Override
  public Outcome run(Case one) throws IOException, InterruptedException {
    WorkerProcess process = running();
    long start = System.nanoTime();
    Diagnostic failure;
    try {
      String answer = process.ask(JSON.std.asString(one.toMap()), timeLimit);
      if (answer != null) {
        return Outcome.of(JSON.std.mapFrom(answer));
      }
      failure = Refusal.crash(process.death());
    } catch (TimeoutException e) {
      failure = Refusal.tooLong(timeLimit.toSeconds());
    }
    close();
    return Outcome.failed(Reason.of(failure)).after((System.nanoTime() - start) / 1_000_000);
  }

  private WorkerProcess running() throws IOException, InterruptedException {
    if (worker == null) {
      WorkerProcess started = WorkerProcess.start(main, scratch);
      worker = started;
      try {
        if (started.ask(JSON.std.asString(settings.toMap()), STARTING) == null) {
          throw Refusal.noWorker(started.death());
        }
      } catch (TimeoutException e) {
        throw Refusal.noWorker("it did not start within " + STARTING.toSeconds() + " s");
      }
    }
    return worker;
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
      worker = null;
    }
  }
}
