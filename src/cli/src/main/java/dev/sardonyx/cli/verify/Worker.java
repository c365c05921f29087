package dev.sardonyx.cli.verify;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;

/**
 * The JVM that runs cases, so that native code which crashes or hangs takes nothing else along.
 *
 * <p>It reads one line of JSON after the other: first the {@link Settings}, then cases, each of
 * which it answers with one line that starts with {@link #ANSWER}. When its input ends, so does it,
 * whatever it is doing.
 */
public final class Worker {
  /** What answers start with: native code prints what it likes to the same place. */
  static final String ANSWER = "\u0001sardonyx ";

  static final String READY = ANSWER + "ready";

  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final PrintStream answers = System.out;

  private Worker() {}

  /** Serves cases with the runner that {@code runners} makes of the settings, until killed. */
  public static void serve(Function<Settings, CaseRunner> runners)
      throws IOException, InterruptedException {
    new Worker().run(runners);
  }

  private void run(Function<Settings, CaseRunner> runners)
      throws IOException, InterruptedException {
    // What a case prints must not look like an answer.
    System.setOut(System.err);
    Thread reader = new Thread(this::read, "sardonyx-orders");
    reader.setDaemon(true);
    reader.start();
    CaseRunner runner = runners.apply(Settings.of(JSON.std.mapFrom(lines.take())));
    answer(READY);
    while (true) {
      Case one = Case.of(JSON.std.mapFrom(lines.take()));
      answer(ANSWER + JSON.std.asString(timed(runner, one).toMap()));
    }
  }

  private void read() {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      in.lines().forEach(lines::add);
    } catch (IOException e) {
      // As good as the end.
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }

  private void answer(String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    answers.write(bytes, 0, bytes.length);
    answers.flush();
  }

  private static Outcome timed(CaseRunner runner, Case one) {
    long start = System.nanoTime();
    Outcome outcome;
    try {
      outcome = runner.run(one);
    } catch (Throwable thrown) {
      // Where an archive was unpacked is nobody's concern.
      outcome = Outcome.failed(Reason.of(thrown).replace(one.folder() + File.separator, ""));
    }
    return outcome.after((System.nanoTime() - start) / 1_000_000);
  }
}
