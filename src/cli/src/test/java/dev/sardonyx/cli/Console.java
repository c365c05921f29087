package dev.sardonyx.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import picocli.CommandLine;

/**
 * What a command printed, and how it ended.
 *
 * @param out the lines of the standard output
 * @param err all of the standard error
 */
record Console(int status, List<String> out, String err) {
  /** Runs a command in this process. */
  static Console run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command =
        Sardonyx.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int status =
        command.execute(Arrays.stream(arguments).map(Console::text).toArray(String[]::new));
    return new Console(status, out.toString().lines().toList(), err.toString());
  }

  private static String text(Object argument) {
    return argument instanceof Path path ? path.toString() : String.valueOf(argument);
  }

  String last() {
    return out.get(out.size() - 1);
  }
}
