package dev.sardonyx.cli.verify;

import dev.sardonyx.cli.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A temporary folder for the contents of zip files; it is gone when this is closed. */
public final class Unpacking implements AutoCloseable {
  private final Path root;
  private int count;

  public Unpacking() throws IOException {
    root = Files.createTempDirectory("sardonyx");
  }

  /** The folder itself. */
  public Path root() {
    return root;
  }

  /** The contents of a zip file, in a folder of their own. */
  public Path unpack(Path zip) throws IOException {
    Path target = Files.createDirectory(root.resolve("zip" + count++));
    try (ZipFile file = new ZipFile(zip.toFile())) {
      for (ZipEntry entry : file.stream().toList()) {
        Path path = inside(target, entry.getName(), zip);
        if (entry.isDirectory()) {
          Files.createDirectories(path);
        } else {
          Files.createDirectories(path.getParent());
          try (InputStream in = file.getInputStream(entry)) {
            Files.copy(in, path);
          }
        }
      }
    } catch (ZipException e) {
      throw Refusal.badArchive(zip, e);
    }
    return target;
  }

  private static Path inside(Path target, String member, Path zip) {
    try {
      Path path = target.resolve(member.replace('\\', '/')).normalize();
      if (path.startsWith(target) && !path.equals(target)) {
        return path;
      }
    } catch (InvalidPathException e) {
      // Refused below.
    }
    throw Refusal.unsafeMember(zip, member);
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      files.sorted(Comparator.reverseOrder()).forEach(Unpacking::delete);
    }
  }

  private static void delete(Path path) {
    try {
      Files.delete(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
