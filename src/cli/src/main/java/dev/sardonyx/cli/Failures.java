package dev.sardonyx.cli;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Every failure is told in four lines; the stack trace only to those who ask. */
final class Failures implements IExecutionExceptionHandler, IParameterExceptionHandler {
  /** The exit status where something was not as it should be. */
  static final int FAILED = 1;

  /** The exit status where the command was not used as it should be. */
  static final int USAGE = 2;

  @Override
  public int handleParseException(ParameterException e, String[] arguments) {
    CommandLine command = e.getCommandLine();
    return print(command, Refusal.usage(e.getMessage(), command.getCommandSpec(), arguments));
  }

  @Override
  public int handleExecutionException(Exception e, CommandLine command, ParseResult result) {
    return print(command, e instanceof DiagnosticException refused ? refused : Refusal.internal(e));
  }

  private static int print(CommandLine command, DiagnosticException e) {
    PrintWriter err = command.getErr();
    err.println(e.getMessage());
    Object root = command.getCommandSpec().root().userObject();
    if (root instanceof Sardonyx sardonyx && sardonyx.stackTrace()) {
      e.printStackTrace(err);
    }
    err.flush();
    return Refusal.isUsage(e.diagnostic()) ? USAGE : FAILED;
  }
}
