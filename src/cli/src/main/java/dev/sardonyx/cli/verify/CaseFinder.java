package dev.sardonyx.cli.verify;

import dev.sardonyx.cli.Refusal;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds cases in folders and in zip files, also in zip files inside of folders. */
final class CaseFinder implements AutoCloseable {
  private final Path scratch;
  private final List<Archive> archives = new ArrayList<>();

  /**
   * @param scratch where cases in zip files are unpacked for as long as they run
   */
  CaseFinder(Path scratch) {
    this.scratch = scratch;
  }

  /** The cases at and below these paths, path by path and sorted by name. */
  List<Found> find(List<Path> paths) throws IOException {
    List<Found> all = new ArrayList<>();
    for (Path path : paths) {
      if (!Files.exists(path)) {
        throw Refusal.noPath(path);
      }
      List<Found> found = new ArrayList<>();
      visit(path.toRealPath(), name(path), found);
      found.sort(Comparator.comparing(Found::name));
      all.addAll(found);
    }
    return all;
  }

  private static String name(Path path) {
    return path.normalize().toString().replace(File.separatorChar, '/');
  }

  static String below(String name, String inner) {
    return name.isEmpty() || inner.isEmpty() ? name + inner : name + "/" + inner;
  }

  private void visit(Path path, String name, List<Found> found) throws IOException {
    if (Files.isDirectory(path)) {
      visitFolder(path, name, found);
    } else if (path.toString().endsWith(".zip")) {
      Archive archive = Archive.open(path, scratch);
      archives.add(archive);
      found.addAll(archive.cases(name));
    }
  }

  private void visitFolder(Path folder, String name, List<Found> found) throws IOException {
    SortedSet<String> names = new TreeSet<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    }
    Layout layout = Layout.of(names);
    if (layout == Layout.INDEX) {
      for (String file : names) {
        if (Layout.isKeras(file)) {
          String own = below(name, file);
          found.add(new Found(own, layout, layout.kinds(names), use -> use.with(folder)));
        }
      }
      return;
    }
    if (layout != null) {
      found.add(new Found(name, layout, layout.kinds(names), use -> use.with(folder)));
      return;
    }
    for (String inner : names) {
      Path entry = folder.resolve(inner);
      // A link to a folder may lead in a circle, and what it leads to can be named itself.
      if (!Files.isSymbolicLink(entry)) {
        visit(entry, below(name, inner), found);
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (Archive archive : archives) {
      archive.close();
    }
  }
}
