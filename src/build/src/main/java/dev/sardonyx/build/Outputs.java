package dev.sardonyx.build;

import dev.sardonyx.build.Index.Entry;
import dev.sardonyx.build.Report.Ports;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** The models in the output directory: those of this run come, those of earlier runs go. */
final class Outputs {
  private final Path directory;
  private final Path indexFile;
  private final Index last;

  Outputs(CompileRequest request) throws IOException {
    this.directory = request.outputDirectory();
    this.indexFile = request.workDirectory().resolve("index");
    this.last = Index.read(indexFile);
  }

  /** What the last run made. */
  Index last() {
    return last;
  }

  /** Whether the last run's models are all there, and were made of what there is now. */
  boolean areOf(String fingerprint) throws IOException {
    if (!last.fingerprint().equals(fingerprint)) {
      return false;
    }
    for (String model : last.models().keySet()) {
      if (!isOurs(model)) {
        return false;
      }
    }
    return true;
  }

  List<CompiledModel> models(Index index, Set<String> changed) {
    List<CompiledModel> models = new ArrayList<>();
    index
        .models()
        .forEach(
            (name, entry) -> {
              Ports ports = entry.ports();
              models.add(
                  new CompiledModel(
                      name, file(name), ports.inputs(), ports.outputs(), changed.contains(name)));
            });
    return models;
  }

  /** A failure for each model in whose place lies a file that no build wrote. */
  List<Failure> taken(List<Definition> definitions, Workbench bench) throws IOException {
    List<Failure> failures = new ArrayList<>();
    for (Definition definition : definitions) {
      Path file = file(definition.resource());
      if (Files.exists(file)
          && !isOurs(definition.resource())
          && !isSame(bench.staged(definition), file)) {
        failures.add(Failure.of(Refusal.notOurs(definition, file), definition));
      }
    }
    return failures;
  }

  /**
   * Puts the models in their places and removes those that are no longer defined.
   *
   * @return the names of those that were not there before as they are now
   */
  Set<String> install(List<Definition> definitions, Workbench bench) throws IOException {
    Set<String> changed = new TreeSet<>();
    Set<String> gone = new TreeSet<>(last.models().keySet());
    for (Definition definition : definitions) {
      gone.remove(definition.resource());
      Path file = file(definition.resource());
      if (!isSame(bench.staged(definition), file)) {
        replace(bench.staged(definition), file);
        changed.add(definition.resource());
      }
    }
    for (String model : gone) {
      remove(model);
    }
    return changed;
  }

  /** Writes down what {@link #install} did. */
  Index record(List<Definition> definitions, Report report, String fingerprint) throws IOException {
    Map<String, Entry> models = new LinkedHashMap<>();
    for (Definition definition : definitions) {
      String name = definition.resource();
      Ports ports = Objects.requireNonNull(report.made().get(name));
      models.put(name, new Entry(Fingerprint.ofFile(file(name)), ports));
    }
    Index index = new Index(fingerprint, models);
    index.write(indexFile);
    return index;
  }

  /** At once, so that nobody sees half a file; the staged one may be on another disk. */
  private static void replace(Path staged, Path file) throws IOException {
    Files.createDirectories(file.getParent());
    Path beside = file.resolveSibling(file.getFileName() + ".part");
    Files.copy(staged, beside, StandardCopyOption.REPLACE_EXISTING);
    try {
      Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** Removes a model of the last run, and directories that it leaves empty. */
  private void remove(String model) throws IOException {
    if (!isOurs(model)) {
      return;
    }
    Path gone = file(model);
    Files.delete(gone);
    for (Path parent = gone.getParent(); !parent.equals(directory); parent = parent.getParent()) {
      try {
        Files.delete(parent);
      } catch (DirectoryNotEmptyException e) {
        return;
      }
    }
  }

  private Path file(String model) {
    return directory.resolve(model + ".onnx");
  }

  /** Whether the model's file is there, and as the last run left it. */
  private boolean isOurs(String model) throws IOException {
    Entry entry = last.models().get(model);
    Path file = file(model);
    return entry != null
        && Files.isRegularFile(file)
        && Fingerprint.ofFile(file).equals(entry.hash());
  }

  private static boolean isSame(Path staged, Path file) throws IOException {
    return Files.isRegularFile(file) && Files.mismatch(staged, file) == -1;
  }
}
