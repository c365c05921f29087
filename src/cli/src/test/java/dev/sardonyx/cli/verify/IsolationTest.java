package dev.sardonyx.cli.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.cli.CaseFiles;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases that crash, hang and shout, beside cases that do nothing. */
class IsolationTest {
  @TempDir private Path folder;

  /** A worker whose cases do what their names say. */
  static final class Stage {
    private Stage() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
      Worker.serve(settings -> Stage::play);
    }

    private static Outcome play(Case one) throws InterruptedException {
      switch (one.folder().getFileName().toString().substring(1)) {
        case "halts" -> {
          System.err.println("so it ends");
          Runtime.getRuntime().halt(42);
        }
        case "hangs" -> Thread.sleep(Long.MAX_VALUE);
        case "throws" -> throw new IllegalStateException("nobody foresaw this");
        case "overflows" -> overflow(0);
        case "shouts" -> {
          System.out.println("{\"status\": \"FAILED\"}");
          System.out.write(new byte[] {0, -1, 13}, 0, 3);
        }
        case "refuses" -> {
          return new Outcome(Outcome.Status.REFUSED, "as it should\nin two lines", 0);
        }
        default -> {
          // All is well.
        }
      }
      return Outcome.ok(Long.toString(ProcessHandle.current().pid()));
    }

    private static int overflow(int depth) {
      return overflow(depth + 1) + 1;
    }
  }

  /** A worker that never was. */
  static final class Stillborn {
    private Stillborn() {}

    public static void main(String[] arguments) {
      System.err.println("no memory");
    }
  }

  private List<String> walk(int jobs, Class<?> worker) throws IOException, InterruptedException {
    StringWriter out = new StringWriter();
    Verification verification =
        new Verification(Settings.DEFAULT, jobs, Duration.ofSeconds(5), List.of(), worker);
    boolean passed = verification.run(List.of(folder), new PrintWriter(out, true), false, null);
    List<String> lines = out.toString().lines().toList();
    assertEquals(passed, lines.get(lines.size() - 1).endsWith(" 0 failed"));
    return lines;
  }

  private void cases(String... names) {
    for (String name : names) {
      CaseFiles.onnx(folder.resolve(name), 2, 4, 6);
    }
  }

  private static String processOf(String line) {
    assertTrue(line.startsWith("ok "), line);
    return line.substring(line.lastIndexOf(' ') + 1);
  }

  @Test
  void theOthersGoOn() throws IOException, InterruptedException {
    cases(
        "1fine",
        "2halts",
        "3fine",
        "4hangs",
        "5fine",
        "6throws",
        "7shouts",
        "8refuses",
        "9overflows");
    for (int jobs = 1; jobs <= 2; jobs++) {
      List<String> lines = walk(jobs, Stage.class);
      assertEquals(10, lines.size());
      assertTrue(lines.get(1).contains("[CLI-021] the case took down the process"), lines.get(1));
      assertTrue(lines.get(1).contains("exit status 42"), lines.get(1));
      assertTrue(lines.get(1).contains("so it ends"), lines.get(1));
      assertTrue(lines.get(3).contains("[CLI-022]"), lines.get(3));
      assertTrue(lines.get(5).contains("[CLI-020]"), lines.get(5));
      assertTrue(lines.get(5).contains("nobody foresaw this"), lines.get(5));
      processOf(lines.get(2));
      processOf(lines.get(6));
      assertEquals("refused " + folder + "/8refuses  as it should | in two lines", lines.get(7));
      assertTrue(lines.get(8).contains("StackOverflowError"), lines.get(8));
      assertEquals("5 passed, 4 failed", lines.get(9));
    }
  }

  @Test
  void oneProcessRunsManyCases() throws IOException, InterruptedException {
    cases("1fine", "2fine", "3halts", "4fine");
    List<String> lines = walk(1, Stage.class);
    assertEquals(processOf(lines.get(0)), processOf(lines.get(1)));
    assertFalse(processOf(lines.get(0)).equals(processOf(lines.get(3))));
  }

  @Test
  void aProcessThatDoesNotStartEndsTheWalk() {
    cases("1fine");
    DiagnosticException e = assertThrows(DiagnosticException.class, () -> walk(1, Stillborn.class));
    assertEquals("CLI-013", e.diagnostic().code());
    assertTrue(e.diagnostic().received().contains("no memory"), e::getMessage);
  }
}
