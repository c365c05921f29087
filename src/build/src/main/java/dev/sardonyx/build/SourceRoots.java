package dev.sardonyx.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The directories of sources, in which a file of a stack trace is found again. */
record SourceRoots(List<Path> roots) {
  private static final Pattern NAME = Pattern.compile("(?U)[\\w$.-]+");

  Problem locate(Failure failure) throws IOException {
    Path source = find(failure.diagnostic().at().file(), failure.inClass());
    return new Problem(failure.diagnostic(), source, failure.trace());
  }

  /**
   * The source file of this name.
   *
   * @param inClass a class in that file, or empty: then the name must be the only one
   * @return null if there is none, or several
   */
  @Nullable Path find(String file, String inClass) throws IOException {
    if (!NAME.matcher(file).matches() || !NAME.matcher(inClass + file).matches()) {
      return null; // A path, a node of a model: not what a stack trace has.
    }
    String packagePath =
        inClass.substring(0, Math.max(0, inClass.lastIndexOf('.'))).replace('.', '/');
    if (!inClass.isEmpty()) {
      for (Path root : roots) {
        Path source = root.resolve(packagePath).resolve(file);
        if (Files.isRegularFile(source)) {
          return source;
        }
      }
    }
    List<Path> all = all(file);
    return all.size() == 1 ? all.get(0) : null;
  }

  private List<Path> all(String file) throws IOException {
    List<Path> found = new ArrayList<>();
    for (Path root : roots) {
      if (Files.isDirectory(root)) {
        try (Stream<Path> files = Files.walk(root)) {
          files
              .filter(f -> f.getFileName().toString().equals(file))
              .filter(Files::isRegularFile)
              .forEach(found::add);
        }
      }
    }
    return found;
  }
}
