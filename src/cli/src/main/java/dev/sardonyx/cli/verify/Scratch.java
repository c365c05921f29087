package dev.sardonyx.cli.verify;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary folder, gone with all that is in it when this is closed. */
record Scratch(Path path) implements AutoCloseable {
  static Scratch create() throws IOException {
    Scratch scratch = new Scratch(Files.createTempDirectory("sardonyx"));
    // Whoever interrupts the command leaves nothing behind either.
    Runtime.getRuntime().addShutdownHook(new Thread(scratch::clear));
    return scratch;
  }

  static Scratch below(Path folder) throws IOException {
    return new Scratch(Files.createTempDirectory(folder, "case"));
  }

  private void clear() {
    try {
      close();
    } catch (IOException | UncheckedIOException e) {
      // The process ends, and a temporary folder is the system's to clear.
    }
  }

  @Override
  public void close() throws IOException {
    if (!Files.exists(path)) {
      return;
    }
    try (Stream<Path> files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
