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

/** Finds the cases in folders and in zip files, also in zip files inside of folders. */
public final class CaseFinder {
  private final Unpacking unpacking;
  private final List<Case> cases = new ArrayList<>();

  /**
   * @param unpacking where the contents of zip files go
   */
  public CaseFinder(Unpacking unpacking) {
    this.unpacking = unpacking;
  }

  /** The cases at and below these paths, path by path and sorted by name. */
  public List<Case> find(List<Path> paths) throws IOException {
    for (Path path : paths) {
      List<Case> before = List.copyOf(cases);
      cases.clear();
      if (!Files.exists(path)) {
        throw Refusal.noPath(path);
      }
      visit(path.toRealPath(), name(path));
      cases.sort(Comparator.comparing(Case::name));
      cases.addAll(0, before);
    }
    return List.copyOf(cases);
  }

  private static String name(Path path) {
    return path.normalize().toString().replace(File.separatorChar, '/');
  }

  private void visit(Path path, String name) throws IOException {
    if (Files.isDirectory(path)) {
      visitFolder(path, name);
    } else if (name.endsWith(".zip")) {
      visitFolder(unpacking.unpack(path), name);
    }
  }

  private void visitFolder(Path folder, String name) throws IOException {
    SortedSet<String> names = new TreeSet<>();
    try (Stream<Path> entries = Files.list(folder)) {
      entries.forEach(entry -> names.add(entry.getFileName().toString()));
    }
    Layout layout = Layout.of(names);
    if (layout != null) {
      cases.add(new Case(name, folder, layout));
      return;
    }
    for (String inner : names) {
      Path entry = folder.resolve(inner);
      // A link to a folder may lead in a circle, and what it leads to can be named itself.
      if (!Files.isSymbolicLink(entry)) {
        visit(entry, name.isEmpty() ? inner : name + "/" + inner);
      }
    }
  }
}
