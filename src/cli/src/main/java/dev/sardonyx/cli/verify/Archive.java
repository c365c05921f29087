package dev.sardonyx.cli.verify;

import dev.sardonyx.cli.Refusal;
import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A zip file with cases. Each is unpacked when it runs, and gone when it has run. */
final class Archive implements AutoCloseable {
  /** A member that says it is small can be anything: nobody's case is larger than this. */
  private static final long MAX_BYTES = 16L << 30;

  /** Absolute paths, paths upwards, drives, and what a terminal or a file system chokes on. */
  private static final Pattern UNSAFE =
      Pattern.compile("/.*|(.*/)?\\.\\.?(/.*)?|.*(//|\\\\|:|\\p{Cntrl}).*|", Pattern.DOTALL);

  private final Path path;
  private final ZipFile zip;
  private final Path scratch;

  /** The members that are files, by folder and then by name. */
  private final SortedMap<String, SortedMap<String, ZipEntry>> folders = new TreeMap<>();

  private final long limit;

  private Archive(Path path, ZipFile zip, Path scratch, long limit) {
    this.path = path;
    this.zip = zip;
    this.scratch = scratch;
    this.limit = limit;
  }

  /** Refuses what is no zip file (CLI-010) and members that would lie elsewhere (CLI-011). */
  static Archive open(Path path, Path scratch) throws IOException {
    return open(path, scratch, MAX_BYTES);
  }

  static Archive open(Path path, Path scratch, long limit) throws IOException {
    try {
      Archive archive = new Archive(path, new ZipFile(path.toFile()), scratch, limit);
      try {
        archive.zip.stream().forEach(archive::add);
      } catch (RuntimeException e) {
        archive.close();
        throw e;
      }
      return archive;
    } catch (ZipException e) {
      throw Refusal.badArchive(path, e);
    }
  }

  private void add(ZipEntry entry) {
    String name = entry.getName();
    String bare = entry.isDirectory() ? name.substring(0, name.length() - 1) : name;
    if (UNSAFE.matcher(bare).matches()) {
      throw Refusal.unsafeMember(path, name);
    }
    if (!entry.isDirectory()) {
      int slash = bare.lastIndexOf('/');
      folders
          .computeIfAbsent(slash < 0 ? "" : bare.substring(0, slash), folder -> new TreeMap<>())
          .put(bare.substring(slash + 1), entry);
    }
  }

  /** The cases inside; those inside of a case's folder are part of it. */
  List<Found> cases(String name) {
    SortedMap<String, SortedSet<String>> children = children();
    Map<String, Found> found = new LinkedHashMap<>();
    children.forEach(
        (folder, names) -> {
          Layout layout = isBelow(folder, found) ? null : Layout.of(names);
          if (layout != null) {
            String full = CaseFinder.below(name, folder);
            found.put(
                folder, new Found(full, layout, layout.kinds(names), use -> unpacked(folder, use)));
          }
        });
    return new ArrayList<>(found.values());
  }

  private static boolean isBelow(String folder, Map<String, Found> cases) {
    for (int slash = folder.indexOf('/'); slash >= 0; slash = folder.indexOf('/', slash + 1)) {
      if (cases.containsKey(folder.substring(0, slash))) {
        return true;
      }
    }
    return cases.containsKey("") && !folder.isEmpty();
  }

  /** The names in each folder, of files and of further folders. */
  private SortedMap<String, SortedSet<String>> children() {
    SortedMap<String, SortedSet<String>> children = new TreeMap<>();
    folders.forEach(
        (folder, files) -> {
          children.computeIfAbsent(folder, f -> new TreeSet<>()).addAll(files.keySet());
          String inner = folder;
          while (!inner.isEmpty()) {
            int slash = inner.lastIndexOf('/');
            String outer = slash < 0 ? "" : inner.substring(0, slash);
            children.computeIfAbsent(outer, f -> new TreeSet<>()).add(inner.substring(slash + 1));
            inner = outer;
          }
        });
    return children;
  }

  private Outcome unpacked(String folder, Found.Use use) throws IOException, InterruptedException {
    try (Scratch target = Scratch.below(scratch)) {
      try {
        unpack(folder, target.path());
      } catch (ZipException e) {
        return Outcome.failed(Reason.of(Refusal.badArchive(path, e)));
      } catch (DiagnosticException e) {
        return Outcome.failed(Reason.of(e));
      }
      return use.with(target.path());
    }
  }

  private void unpack(String folder, Path target) throws IOException {
    String prefix = folder.isEmpty() ? "" : folder + "/";
    long bytes = 0;
    for (Map.Entry<String, SortedMap<String, ZipEntry>> inner :
        folders.tailMap(folder).entrySet()) {
      boolean inside = inner.getKey().equals(folder) || inner.getKey().startsWith(prefix);
      if (!inside) {
        continue;
      }
      String rest = inner.getKey().equals(folder) ? "" : inner.getKey().substring(prefix.length());
      Path to = Files.createDirectories(target.resolve(rest));
      for (Map.Entry<String, ZipEntry> file : inner.getValue().entrySet()) {
        bytes += copy(file.getValue(), to.resolve(file.getKey()), limit - bytes);
      }
    }
  }

  private long copy(ZipEntry entry, Path file, long left) throws IOException {
    long bytes = 0;
    byte[] buffer = new byte[1 << 16];
    try (InputStream in = zip.getInputStream(entry);
        OutputStream out = Files.newOutputStream(file)) {
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes += n;
        if (bytes > left) {
          throw Refusal.tooLarge(path, entry.getName(), limit);
        }
        out.write(buffer, 0, n);
      }
    }
    return bytes;
  }

  @Override
  public void close() throws IOException {
    zip.close();
  }
}
