package dev.sardonyx.cli;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import dev.sardonyx.ir.diagnostic.Location;
import java.nio.file.Path;

/** What the command line refuses. */
public final class Refusal {
  private Refusal() {}

  private static Diagnostic of(String code, String message, String received, String help) {
    return new Diagnostic(code, message, Location.in("command line", ""), received, help);
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
            "a case is a folder with a model and what is expected of it; see sardonyx verify --help")
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

  /** An archive with a member that would lie outside of its folder. */
  public static DiagnosticException unsafeMember(Path zip, String member) {
    return of(
            "CLI-003",
            "the archive has a member with an unsafe path",
            "archive: " + zip + "   member: " + member,
            "members lie below the archive's own root; do not trust this file")
        .exception();
  }

  /** An archive that is none, or damaged. */
  public static DiagnosticException badArchive(Path zip, Exception cause) {
    return of(
            "CLI-004",
            "the archive cannot be read: " + cause.getMessage(),
            "archive: " + zip,
            "check that it is a complete zip file")
        .exception(cause);
  }

  /** A member of an archive that goes on and on. */
  public static DiagnosticException tooLarge(Path zip, String member, long limit) {
    return of(
            "CLI-005",
            "a case in the archive is larger than " + (limit >> 30) + " GiB",
            "archive: " + zip + "   member: " + member,
            "unpack it yourself if you trust it")
        .exception();
  }
}
