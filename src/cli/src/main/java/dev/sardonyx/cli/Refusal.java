package dev.sardonyx.cli;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;

/** What the command line refuses. The first nine codes are about how it was used. */
public final class Refusal {
  private static final String USAGE = "CLI-00";

  private Refusal() {}

  private static Diagnostic of(String code, String message, String received, String help) {
    return new Diagnostic(code, message, Location.in("command line", ""), received, help);
  }

  static boolean isUsage(Diagnostic diagnostic) {
    return diagnostic.code().startsWith(USAGE);
  }

  /** A path that is none. */
  public static DiagnosticException noPath(Path path) {
    return of(
            "CLI-001",
            "there is no such file or folder",
            path.toString(),
            "check the path; it is taken from the folder that the command runs in")
        .exception();
  }

  /** Paths without a case that is asked for. */
  public static DiagnosticException noCases(String received) {
    return of(
            "CLI-002",
            "there is no case to verify",
            received,
            "a case is a folder with a model and what is expected of it: sardonyx verify --help")
        .exception();
  }

  /** Arguments that a command does not take. */
  static DiagnosticException usage(String message, CommandSpec command, String[] arguments) {
    return of(
            "CLI-003",
            message,
            "sardonyx " + String.join(" ", arguments),
            command.qualifiedName() + " --help says what it takes")
        .exception();
  }

  /** An option with a value that means nothing. */
  static DiagnosticException badOption(String option, Object value, String help) {
    return of("CLI-004", option + " cannot be " + value, option + " " + value, help).exception();
  }

  /** An output that would take the place of something. */
  static DiagnosticException exists(Path out, String message, String help) {
    return of("CLI-005", message, "output: " + out, help).exception();
  }

  /** A graph that is to become layers. */
  static DiagnosticException noLayers(Path out) {
    return of(
            "CLI-006",
            "a file of Keras holds layers, and an ONNX file has operators only",
            "output: " + out,
            "write ONNX, or convert the model that the ONNX file was made of")
        .exception();
  }

  /** An archive that is none, or damaged. */
  public static DiagnosticException badArchive(Path zip, Exception cause) {
    return of(
            "CLI-010",
            "the archive cannot be read: " + cause.getMessage(),
            "archive: " + zip,
            "check that it is a complete zip file")
        .exception(cause);
  }

  /** An archive with a member that would lie outside of its folder. */
  public static DiagnosticException unsafeMember(Path zip, String member) {
    return of(
            "CLI-011",
            "the archive has a member with an unsafe path",
            "archive: " + zip + "   member: " + member,
            "members lie below the archive's own root; do not trust this file")
        .exception();
  }

  /** A member of an archive that goes on and on. */
  public static DiagnosticException tooLarge(Path zip, String member, long limit) {
    return of(
            "CLI-012",
            "a case in the archive is larger than %s bytes".formatted(limit),
            "archive: " + zip + "   member: " + member,
            "unpack it yourself if you trust it")
        .exception();
  }

  /** A process that runs cases and does not start. */
  public static DiagnosticException noWorker(String how) {
    return of(
            "CLI-013",
            "the process that runs the cases does not start",
            how,
            "check that this JVM may start another one, and has the memory to")
        .exception();
  }

  /** A report that cannot be written. */
  public static DiagnosticException unwritable(Path file, Exception cause) {
    return of(
            "CLI-014",
            "the report cannot be written: " + cause,
            "report: " + file,
            "choose a place that you may write to")
        .exception(cause);
  }

  /** Something nobody foresaw. */
  static DiagnosticException internal(Exception e) {
    return of(
            "CLI-019",
            "the command failed: " + e,
            "nothing more is known",
            "run it again with --stacktrace and report what it prints")
        .exception(e);
  }

  /** A case that failed in a way that nobody foresaw. */
  public static Diagnostic unforeseen(String failure) {
    return of(
        "CLI-020",
        "the case failed in a way that nobody foresaw",
        failure,
        "report it: this is a mistake of ours");
  }

  /** A case that ended its process. */
  public static Diagnostic crash(String how) {
    return of(
        "CLI-021",
        "the case took down the process that ran it",
        how,
        "native code may have crashed, or memory run out; the other cases go on");
  }

  /** A case that took too long. */
  public static Diagnostic tooLong(long seconds) {
    return of(
        "CLI-022",
        "there was no result within the time limit",
        seconds + " s",
        "--time-limit allows more; the other cases go on");
  }

  /** A case about a callback that Sardonyx does not have. */
  public static DiagnosticException noCallback(String name) {
    return of(
            "CLI-024",
            "there is no callback called " + name,
            "callback: " + name,
            "write one of your own, or leave the case out with --only")
        .exception();
  }
}
