package dev.sardonyx.cli.verify;

import dev.sardonyx.cli.Refusal;
import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.util.Arrays;

/** Why a case failed, on one line. */
public final class Reason {
  private Reason() {}

  static String of(Throwable thrown) {
    if (thrown instanceof DiagnosticException refused) {
      return of(refused.diagnostic());
    }
    if (thrown instanceof Mismatch || thrown instanceof AssertionError) {
      return String.valueOf(thrown.getMessage());
    }
    String where =
        Arrays.stream(thrown.getStackTrace())
            .filter(frame -> frame.getClassName().startsWith("dev.sardonyx."))
            .findFirst()
            .map(frame -> " at " + frame)
            .orElse("");
    return of(Refusal.unforeseen(thrown + where));
  }

  /** Code, message, place and what was received; the advice is left to the reference. */
  public static String of(Diagnostic diagnostic) {
    boolean placed = diagnostic.at().detail().isEmpty() && diagnostic.at().line() == 0;
    return "[%s] %s%s: %s"
        .formatted(
            diagnostic.code(),
            diagnostic.message(),
            placed ? "" : ", at " + diagnostic.at(),
            diagnostic.received());
  }
}
