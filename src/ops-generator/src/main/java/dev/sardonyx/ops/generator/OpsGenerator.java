package dev.sardonyx.ops.generator;

import dev.sardonyx.ir.Catalog;
import dev.sardonyx.ir.OpSchema;
import dev.sardonyx.ir.Standard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Writes a class for each operator of the catalogue, and one with all of them for each domain. */
public final class OpsGenerator {
  private OpsGenerator() {}

  /**
   * Writes all sources and deletes what else is in the folder. Files that would not change are not
   * touched, so that nothing is compiled in vain.
   *
   * @param arguments the folder
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]);
    Map<Path, String> sources = new TreeMap<>();
    sources().forEach((name, text) -> sources.put(folder.resolve(name), text));
    if (Files.isDirectory(folder)) {
      deleteOthers(folder, sources);
    }
    for (Map.Entry<Path, String> source : sources.entrySet()) {
      write(source.getKey(), source.getValue());
    }
  }

  /** The sources by the paths of their files. */
  static Map<String, String> sources() {
    Map<String, String> sources = new TreeMap<>();
    for (Domain domain : Domain.ALL) {
      List<CallClass> calls =
          Catalog.ops().stream()
              .filter(s -> s.domain().equals(domain.name()) && isStandard(s))
              .map(s -> new CallClass(s, domain.packageName()))
              .toList();
      String folder = domain.packageName().replace('.', '/') + "/";
      for (CallClass call : calls) {
        sources.put(folder + call.name() + ".java", call.source());
      }
      if (!calls.isEmpty()) {
        sources.put(folder + domain.facade() + ".java", new Facade(domain, calls).source());
        // That of the root is written by hand, and tells of all.
        if (!domain.name().isEmpty()) {
          sources.put(folder + "package-info.java", domain.packageInfo());
        }
      }
    }
    return sources;
  }

  private static boolean isStandard(OpSchema schema) {
    return Standard.find(schema.domain(), schema.type(), schema.since()) != null;
  }

  private static void deleteOthers(Path folder, Map<Path, String> sources) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (!sources.containsKey(file)) {
          Files.delete(file);
        }
      }
    }
  }

  private static void write(Path file, String text) throws IOException {
    if (!Files.exists(file) || !Files.readString(file).equals(text)) {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text);
    }
  }
}
