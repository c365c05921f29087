package dev.sardonyx.cli.verify;

/** Thrown where a result is not what the case expects. */
final class Mismatch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Mismatch(String message) {
    super(message);
  }
}
