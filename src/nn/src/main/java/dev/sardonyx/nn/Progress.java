package dev.sardonyx.nn;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;

/** What {@code fit} prints: one line that moves on a terminal, one line an epoch elsewhere. */
final class Progress {
  private static final int BAR = 20;
  private static final long REDRAW_NANOS = 100_000_000;

  private final PrintStream out = System.out;
  private final Fit.Verbosity verbosity;
  private final int epochs;
  private final int batches;
  private int epoch;
  private long started;
  private long drawn;
  private int lastLength;

  private Progress(Fit.Verbosity verbosity, int epochs, int batches) {
    this.verbosity = verbosity;
    this.epochs = epochs;
    this.batches = batches;
  }

  static Progress of(Fit options, int batches) {
    Fit.Verbosity verbosity = options.verbosity();
    if (verbosity == Fit.Verbosity.AUTO) {
      verbosity = isTerminal() ? Fit.Verbosity.PROGRESS : Fit.Verbosity.EPOCHS;
    }
    return new Progress(verbosity, options.epochCount(), batches);
  }

  /** From Java 22 on there is a console even without a terminal, and a method that tells. */
  private static boolean isTerminal() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  void begin(int newEpoch) {
    epoch = newEpoch;
    started = System.nanoTime();
    drawn = 0;
  }

  void batch(int batch, Totals totals) {
    long now = System.nanoTime();
    if (verbosity == Fit.Verbosity.PROGRESS && now - drawn > REDRAW_NANOS) {
      drawn = now;
      int filled = (int) ((long) BAR * (batch + 1) / batches);
      draw(
          "%s %s/%s %s%s - %s"
              .formatted(
                  title(),
                  batch + 1,
                  batches,
                  "━".repeat(filled),
                  "╌".repeat(BAR - filled),
                  text(totals.logs())));
    }
  }

  void end(Map<String, Double> logs) {
    if (verbosity == Fit.Verbosity.SILENT) {
      return;
    }
    String line = "%s - %s - %s".formatted(title(), elapsed(), text(logs));
    if (verbosity == Fit.Verbosity.PROGRESS) {
      draw(line);
    } else {
      out.println(line);
    }
  }

  /** Leaves the line that moved as it is. */
  void finish() {
    if (lastLength > 0) {
      out.println();
    }
  }

  private String elapsed() {
    double seconds = (System.nanoTime() - started) / 1e9;
    return seconds < 1
        ? String.format(Locale.ROOT, "%.0fms", 1000 * seconds)
        : String.format(Locale.ROOT, "%.1fs", seconds);
  }

  private String title() {
    int width = String.valueOf(epochs).length();
    return String.format(Locale.ROOT, "Epoch %" + width + "d/%d", epoch + 1, epochs);
  }

  /** Overwrites the line, and what is left of a longer one. */
  private void draw(String line) {
    out.print("\r" + line + " ".repeat(Math.max(0, lastLength - line.length())));
    out.flush();
    lastLength = line.length();
  }

  private static String text(Map<String, Double> logs) {
    StringBuilder text = new StringBuilder();
    logs.forEach(
        (name, value) ->
            text.append(text.isEmpty() ? "" : " - ")
                .append(String.format(Locale.ROOT, "%s: %.4f", name, value)));
    return text.toString();
  }
}
