package dev.sardonyx.ir.diagnostic;

import org.jspecify.annotations.Nullable;

/** Thrown wherever Sardonyx refuses something; its message is the diagnostic's four lines. */
public final class DiagnosticException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Diagnostic diagnostic;

  DiagnosticException(Diagnostic diagnostic, @Nullable Throwable cause) {
    super(diagnostic.toString(), cause);
    this.diagnostic = diagnostic;
  }

  /** What was refused, where and why. */
  public Diagnostic diagnostic() {
    return diagnostic;
  }
}
