package dev.sardonyx.testkit;

import dev.sardonyx.ir.type.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** NumPy's archive of named arrays: a zip file of {@link Npy} members, stored or deflated. */
public final class Npz {
  private static final String SUFFIX = ".npy";

  private Npz() {}

  /** The arrays by name, in the order of the archive. */
  public static Map<String, Tensor> read(Path file) {
    Map<String, Tensor> arrays = new LinkedHashMap<>();
    try (ZipFile zip = new ZipFile(file.toFile())) {
      for (ZipEntry entry : zip.stream().toList()) {
        String name = entry.getName();
        if (!name.endsWith(SUFFIX)) {
          throw new IllegalArgumentException(file + " holds " + name + ", which is no array");
        }
        try (InputStream content = zip.getInputStream(entry)) {
          arrays.put(
              name.substring(0, name.length() - SUFFIX.length()),
              Npy.parse(content.readAllBytes()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return arrays;
  }
}
