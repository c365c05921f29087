package dev.sardonyx.cli.verify;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.cli.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A line for each case, and the count at the end. */
final class Report {
  private final PrintWriter out;
  private final boolean quiet;
  private final List<Map<String, Object>> rows = new ArrayList<>();
  private int passed;
  private int failed;
  private int random;
  private int nothing;

  Report(PrintWriter out, boolean quiet) {
    this.out = out;
    this.quiet = quiet;
  }

  void add(Found one, Outcome outcome) {
    switch (outcome.status()) {
      case FAILED -> failed++;
      case NOTHING -> nothing++;
      default -> passed++;
    }
    if (outcome.status() == Outcome.Status.RANDOM) {
      random++;
    }
    Map<String, Object> row = new LinkedHashMap<>();
    row.put("name", one.name());
    row.put("kind", one.layout().toString());
    row.put("status", outcome.status().name().toLowerCase(Locale.ROOT));
    row.put("message", outcome.message());
    row.put("milliseconds", outcome.milliseconds());
    rows.add(row);
    if (!quiet || !outcome.passed()) {
      String line = "%-7s %s  %s".formatted(outcome.status().word(), one.name(), outcome.message());
      out.println(line.strip());
      out.flush();
    }
  }

  void end() {
    if (random > 0) {
      out.println(random + " of them random by definition, held to their distribution");
    }
    if (nothing > 0) {
      out.println(nothing + " others have nothing to check");
    }
    out.println(passed + " passed, " + failed + " failed");
    out.flush();
  }

  int failed() {
    return failed;
  }

  /** Refuses a file that cannot be written (CLI-014). */
  void write(Path json) {
    try {
      String text = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(rows);
      Files.writeString(json, text + "\n");
    } catch (IOException e) {
      throw Refusal.unwritable(json, e);
    }
  }
}
