package dev.sardonyx.ir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import org.junit.jupiter.api.function.Executable;

/** Assertions on the diagnostics that operators give. */
final class Refusals {
  private Refusals() {}

  /** Expects a refusal that begins with {@code head}, "[CODE-001] message", and names inputs. */
  static Diagnostic assertRefused(String head, String received, Executable made) {
    Diagnostic refused = assertThrows(DiagnosticException.class, made).diagnostic();
    assertEquals(head, "[" + refused.code() + "] " + refused.message());
    assertEquals(received, refused.received());
    return refused;
  }

  static void assertRefused(String head, String received, String help, Executable made) {
    assertEquals(help, assertRefused(head, received, made).help());
  }
}
