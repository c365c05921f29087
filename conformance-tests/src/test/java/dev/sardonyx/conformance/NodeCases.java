package dev.sardonyx.conformance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The standard's node cases, which lie beside the repository: a zip file, or the unpacked folder,
 * such as {@code onnx/backend/test/data/node} of the standard's own repository.
 */
final class NodeCases {
  private static final String MODEL = "/model.onnx";

  private NodeCases() {}

  /** Where they are: the property {@code cases}, or the folder beside the repository. */
  static Path path() {
    String given = System.getProperty("cases", "");
    return given.isEmpty()
        ? Path.of(System.getProperty("basedir", ""), "../../shared/cases/onnx/node.zip")
        : Path.of(given);
  }

  /** The models by the names of their cases. */
  static SortedMap<String, byte[]> models(Path path) throws IOException {
    SortedMap<String, byte[]> models = new TreeMap<>();
    if (Files.isDirectory(path)) {
      try (Stream<Path> files = Files.walk(path)) {
        for (Path file : files.filter(f -> f.endsWith("model.onnx")).toList()) {
          models.put(file.getParent().getFileName().toString(), Files.readAllBytes(file));
        }
      }
      return models;
    }
    try (ZipFile zip = new ZipFile(path.toFile())) {
      for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
        ZipEntry entry = e.nextElement();
        if (entry.getName().endsWith(MODEL)) {
          String folder = entry.getName().substring(0, entry.getName().length() - MODEL.length());
          try (InputStream in = zip.getInputStream(entry)) {
            models.put(folder.substring(folder.lastIndexOf('/') + 1), in.readAllBytes());
          }
        }
      }
    }
    return models;
  }

  /** A folder with them: that which was given, or what the zip file has, unpacked. */
  static Path unpacked(Path path, Path scratch) {
    if (Files.isDirectory(path)) {
      return path;
    }
    try (ZipFile zip = new ZipFile(path.toFile())) {
      for (Enumeration<? extends ZipEntry> e = zip.entries(); e.hasMoreElements(); ) {
        ZipEntry entry = e.nextElement();
        Path file = scratch.resolve(entry.getName()).normalize();
        if (!entry.isDirectory() && file.startsWith(scratch)) {
          Files.createDirectories(file.getParent());
          try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, file);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return scratch;
  }
}
