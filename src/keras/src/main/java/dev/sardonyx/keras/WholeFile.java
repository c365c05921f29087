package dev.sardonyx.keras;

import dev.sardonyx.ir.diagnostic.Diagnostic;
import dev.sardonyx.ir.diagnostic.Location;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** Writes files that are, after a kill at any instant, the old ones or the new ones. */
final class WholeFile {
  private WholeFile() {}

  /** The pieces one after the other; refused (KERAS-030) where they cannot be written. */
  static void write(Path file, List<ByteBuffer> parts) {
    Path absolute = file.toAbsolutePath();
    Path beside = absolute.resolveSibling(absolute.getFileName() + ".part");
    try {
      Files.createDirectories(absolute.getParent());
      try (FileChannel channel =
          FileChannel.open(
              beside,
              StandardOpenOption.CREATE,
              StandardOpenOption.WRITE,
              StandardOpenOption.TRUNCATE_EXISTING)) {
        for (ByteBuffer part : parts) {
          ByteBuffer rest = part.duplicate();
          while (rest.hasRemaining()) {
            channel.write(rest);
          }
        }
        channel.force(true);
      }
      Files.move(
          beside, absolute, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new Diagnostic(
              "KERAS-030",
              "cannot write " + file,
              Location.current(),
              e.getClass().getSimpleName() + ": " + e.getMessage(),
              "check that the folder exists, may be written and has room")
          .exception(e);
    }
  }
}
