package dev.sardonyx.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import org.junit.jupiter.api.function.Executable;

/** Expects a refusal. */
final class Refused {
  private Refused() {}

  /** The refusal, which must have this code and point at a line of the calling test. */
  static Diagnostic with(String code, Executable work) {
    Diagnostic diagnostic = assertThrows(DiagnosticException.class, work).diagnostic();
    assertEquals(code, diagnostic.code(), diagnostic::toString);
    assertTrue(
        diagnostic.at().file().endsWith("Test.java") && diagnostic.at().line() > 0,
        diagnostic::toString);
    return diagnostic;
  }
}
