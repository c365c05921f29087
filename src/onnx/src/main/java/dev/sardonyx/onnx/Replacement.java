package dev.sardonyx.onnx;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/**
 * Puts a whole file in a place at once: whoever reads there sees the old file or the new one, and a
 * file that is mapped into memory keeps its bytes while it is replaced.
 */
final class Replacement {
  interface Writing {
    void to(Path path) throws IOException;
  }

  private Replacement() {}

  static void of(Path target, Writing writing) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    // Not a temporary file of the JDK's: those only their owner may read.
    Path written = folder.resolve(".%s.%s.tmp".formatted(target.getFileName(), UUID.randomUUID()));
    try {
      Files.createFile(written);
      writing.to(written);
      move(written, target);
    } finally {
      Files.deleteIfExists(written);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
