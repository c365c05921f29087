package dev.sardonyx.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code sardonyx}. */
@Command(
    name = "sardonyx",
    mixinStandardHelpOptions = true,
    description = "Neural networks in Java, compiled to ONNX.",
    subcommands = {VerifyCommand.class})
public final class Sardonyx {
  private Sardonyx() {}

  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new Sardonyx());
  }
}
