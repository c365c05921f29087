package dev.sardonyx.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FailuresTest {
  @Test
  void whatNobodyForesawIsToldInFourLines() {
    StringWriter err = new StringWriter();
    CommandLine command = Sardonyx.commandLine().setErr(new PrintWriter(err));
    int status =
        new Failures().handleExecutionException(new IllegalStateException("boom"), command, null);
    assertEquals(1, status);
    assertTrue(err.toString().startsWith("[CLI-019] the command failed: java.lang.Illegal"));
    assertEquals(4, err.toString().lines().count());
  }

  @Test
  void stackTracesAreForThoseWhoAsk() {
    Path none = Path.of("no such file.onnx");
    assertFalse(Console.run("check", none).err().contains("\tat "));
    assertFalse(Console.run("inspect", none).err().contains("\tat "));
    assertTrue(Console.run("inspect", none, "--stacktrace").err().contains("\tat "));
    assertTrue(Console.run("--stacktrace", "inspect", none).err().contains("\tat "));
  }

  @Test
  void helpAndVersion() {
    Console help = Console.run("--help");
    assertEquals(0, help.status());
    assertTrue(help.out().get(0).startsWith("Usage: sardonyx "));
    for (String command : new String[] {"verify", "inspect", "check", "convert", "diff"}) {
      assertTrue(help.out().stream().anyMatch(line -> line.startsWith("  " + command)), command);
      assertEquals(0, Console.run(command, "--help").status());
    }
    assertTrue(Console.run("--version").out().get(0).startsWith("sardonyx "));
    assertEquals(2, Console.run("frobnicate").status());
    assertEquals(2, Console.run().status());
  }
}
