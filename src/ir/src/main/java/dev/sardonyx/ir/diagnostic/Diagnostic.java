package dev.sardonyx.ir.diagnostic;

/**
 * One refusal, in four lines:
 *
 * <pre>
 * [SHAPE-040] Conv needs 3 input channels, got 1
 *   at Digits.java:42
 *   X: float32[N,1,28,28]   W: float32[6,3,5,5]
 *   help: the kernel's second axis counts input channels divided by groups
 * </pre>
 *
 * @param code the rule that was broken, listed in the reference of error codes
 * @param message what is wrong, with the values
 * @param at where: the user's line, or the place in a file
 * @param received what was given: names with types or values
 * @param help what to do about it
 */
public record Diagnostic(String code, String message, Location at, String received, String help) {
  /** Names from foreign files may hold line breaks; a diagnostic has its four lines even so. */
  public Diagnostic {
    message = oneLine(message);
    received = oneLine(received);
    help = oneLine(help);
  }

  private static String oneLine(String text) {
    return text.replace("\n", "\\n").replace("\r", "\\r");
  }

  /** The exception that carries this diagnostic. */
  public DiagnosticException exception() {
    return new DiagnosticException(this, null);
  }

  /** The exception that carries this diagnostic, keeping the failure that led to it. */
  public DiagnosticException exception(Throwable cause) {
    return new DiagnosticException(this, cause);
  }

  @Override
  public String toString() {
    return "[%s] %s%n  at %s%n  %s%n  help: %s"
        .formatted(code, message, at, received, help)
        .replace(System.lineSeparator(), "\n");
  }
}
