package dev.sardonyx.keras;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The reference of errors shows what hostile inputs are told, under their row's number. */
final class HostileRows {
  private static final Path REFERENCE = Path.of("../../docs/errors.md");

  private HostileRows() {}

  static void assertShown(String row, DiagnosticException e) throws IOException {
    // How far zlib compresses is its own affair.
    String message = e.getMessage().replaceAll("(from|stored in) \\d+", "$1 …");
    String shown = "```\n# row " + row + "\n" + message + "\n```";
    assertTrue(
        Files.readString(REFERENCE).contains(shown),
        () -> "docs/errors.md does not show\n" + shown);
  }
}
