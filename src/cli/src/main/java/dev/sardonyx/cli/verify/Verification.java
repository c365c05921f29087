package dev.sardonyx.cli.verify;

import dev.sardonyx.cli.Refusal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run of the command.
 *
 * @param only globs, of which one must match a case's name or the end of it; all match if empty
 */
public record Verification(Settings settings, int jobs, Duration timeLimit, List<String> only) {
  /**
   * Runs all cases.
   *
   * @return whether none failed
   */
  public boolean run(List<Path> paths, PrintWriter out, boolean quiet, @Nullable Path json)
      throws IOException, InterruptedException {
    try (Unpacking unpacking = new Unpacking()) {
      List<Case> cases =
          new CaseFinder(unpacking).find(paths).stream().filter(this::isAsked).toList();
      if (cases.isEmpty()) {
        throw Refusal.noCases(paths.toString() + (only.isEmpty() ? "" : "   only: " + only));
      }
      Report report = new Report(out, quiet);
      new Walk(Worker.class, settings, jobs, timeLimit, unpacking.root())
          .run(cases, report::add);
      report.end();
      if (json != null) {
        report.write(json);
      }
      return report.failed() == 0;
    }
  }

  private boolean isAsked(Case one) {
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
