package dev.sardonyx.cli.verify;

import dev.sardonyx.cli.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One run of the command.
 *
 * @param jobs how many cases run at a time
 * @param timeLimit for each case
 * @param worker the main class of the processes that run the cases
 * @param only globs, of which one must match a case's name or the end of it; all match if empty
 */
public record Verification(
    Settings settings, int jobs, Duration timeLimit, List<String> only, Class<?> worker) {
  /**
   * Runs all cases.
   *
   * @return whether none failed
   */
  public boolean run(List<Path> paths, PrintWriter out, boolean quiet, @Nullable Path json)
      throws IOException, InterruptedException {
    try (Scratch scratch = Scratch.create();
        CaseFinder finder = new CaseFinder(scratch.path())) {
      List<Found> cases = finder.find(paths).stream().filter(this::isAsked).toList();
      if (cases.isEmpty()) {
        throw Refusal.noCases(asked(paths));
      }
      Report report = new Report(out, quiet);
      new Walk(worker, settings, jobs, timeLimit, scratch.path()).run(cases, report::add);
      report.end();
      if (json != null) {
        report.write(json);
      }
      return report.failed() == 0;
    }
  }

  private String asked(List<Path> paths) {
    String all = paths.stream().map(Path::toString).collect(Collectors.joining(" "));
    return "paths: %s%s   kinds: %s"
        .formatted(
            all, only.isEmpty() ? "" : "   only: " + String.join(" ", only), settings.kinds());
  }

  private boolean isAsked(Found one) {
    if (Collections.disjoint(one.kinds(), settings.kinds())) {
      return false;
    }
    Path name = Path.of(one.name());
    return only.isEmpty() || only.stream().anyMatch(glob -> matches(glob, name));
  }

  private static boolean matches(String glob, Path name) {
    PathMatcher matcher = FileSystems.getDefault().getPathMatcher("glob:" + glob);
    for (int start = 0; start < name.getNameCount(); start++) {
      if (matcher.matches(name.subpath(start, name.getNameCount()))) {
        return true;
      }
    }
    return matcher.matches(name);
  }
}
