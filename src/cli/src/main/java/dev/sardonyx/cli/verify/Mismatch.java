package dev.sardonyx.cli.verify;

/** Thrown where a result is not what the case expects. */
public final class Mismatch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public Mismatch(String message) {
    super(message);
  }
}
