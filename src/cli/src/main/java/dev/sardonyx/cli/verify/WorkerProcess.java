package dev.sardonyx.cli.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One JVM with a {@link Worker} in it, from its start to its death. */
final class WorkerProcess implements AutoCloseable {
  private static final int LAST_WORDS = 6;

  private final Process process;

  /** Answers as they come; an empty one says that there will be no more. */
  private final BlockingQueue<Optional<String>> answers = new LinkedBlockingQueue<>();

  private final Deque<String> lastWords = new ArrayDeque<>();

  private WorkerProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts the JVM that this one is, with the same class path.
   *
   * @param main the worker's main class
   * @param scratch a folder for what a dying JVM leaves behind
   */
  static WorkerProcess start(Class<?> main, Path scratch) throws IOException {
    Path bin = Path.of(System.getProperty("java.home"), "bin");
    Path java =
        Files.exists(bin.resolve("java.exe")) ? bin.resolve("java.exe") : bin.resolve("java");
    List<String> command =
        List.of(
            java.toString(),
            "-Dfile.encoding=UTF-8",
            "-Dstdout.encoding=UTF-8",
            "-Djava.awt.headless=true",
            "-XX:+UseSerialGC",
            "-XX:-CreateCoredumpOnCrash",
            "-XX:ErrorFile=" + scratch.resolve("crash_%p.log"),
            "--enable-native-access=ALL-UNNAMED",
            "-cp",
            System.getProperty("java.class.path"),
            main.getName());
    WorkerProcess worker =
        new WorkerProcess(new ProcessBuilder(command).redirectErrorStream(false).start());
    worker.listen("sardonyx-answers", worker::readAnswers);
    worker.listen("sardonyx-last-words", worker::readErrors);
    return worker;
  }

  private void listen(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private void readAnswers() {
    try (BufferedReader in = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        int start = line.indexOf(Worker.ANSWER);
        if (start >= 0) {
          answers.add(Optional.of(line.substring(start + Worker.ANSWER.length())));
        } else {
          remember(line);
        }
      }
    } catch (IOException e) {
      // The process was killed; what it said until then has been heard.
    } finally {
      answers.add(Optional.empty());
    }
  }

  private void readErrors() {
    try (BufferedReader in = process.errorReader(StandardCharsets.UTF_8)) {
      in.lines().forEach(this::remember);
    } catch (IOException | UncheckedIOException e) {
      // As above.
    }
  }

  private synchronized void remember(String line) {
    if (!line.isBlank() && !line.strip().equals("#")) {
      lastWords.add(line.strip());
      if (lastWords.size() > LAST_WORDS) {
        lastWords.remove();
      }
    }
  }

  /**
   * Sends a line and waits for the answer.
   *
   * @return null if the process died instead
   * @throws TimeoutException if there is none in time
   */
  @Nullable String ask(String line, Duration limit) throws InterruptedException, TimeoutException {
    try {
      process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().flush();
    } catch (IOException e) {
      return null;
    }
    Optional<String> answer = answers.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
    if (answer == null) {
      throw new TimeoutException();
    }
    return answer.orElse(null);
  }

  /** How the process ended and the last that it said, on one line. */
  String death() throws InterruptedException {
    boolean ended = process.waitFor(5, TimeUnit.SECONDS);
    String how = ended ? "exit status " + process.exitValue() : "it answers no more";
    synchronized (this) {
      return lastWords.isEmpty() ? how : how + "; last words: " + String.join(" / ", lastWords);
    }
  }

  /** Kills the process, whatever it is doing. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
