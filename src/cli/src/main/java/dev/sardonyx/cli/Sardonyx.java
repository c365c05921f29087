package dev.sardonyx.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program {@code sardonyx}. */
@Command(
    name = "sardonyx",
    description =
        "Verifies, inspects, converts, checks, compares and differentiates neural networks in ONNX"
            + " files.",
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Sardonyx.Version.class,
    mixinStandardHelpOptions = true,
    subcommands = {
      VerifyCommand.class,
      InspectCommand.class,
      CheckCommand.class,
      ConvertCommand.class,
      DiffCommand.class,
      GradientsCommand.class,
      TrainStepCommand.class,
      HelpCommand.class
    },
    footer = {"", "Exit status: 0 if all is well, 1 if something is not, 2 for wrong usage."})
public final class Sardonyx {
  @Option(
      names = "--stacktrace",
      scope = ScopeType.INHERIT,
      description = "Print the stack trace of a failure, too.")
  private boolean stackTrace;

  private Sardonyx() {}

  boolean stackTrace() {
    return stackTrace;
  }

  public static void main(String[] arguments) {
    // The library that reads HDF5 logs, and a command has no log.
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    Failures failures = new Failures();
    return new CommandLine(new Sardonyx())
        .setExecutionExceptionHandler(failures)
        .setParameterExceptionHandler(failures)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setUsageHelpAutoWidth(true);
  }

  /** The version that the jar's manifest has. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Sardonyx.class.getPackage().getImplementationVersion();
      return new String[] {"sardonyx " + (version == null ? "(not from a jar)" : version)};
    }
  }
}
