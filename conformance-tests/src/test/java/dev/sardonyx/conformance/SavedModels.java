package dev.sardonyx.conformance;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.testkit.Npy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The committed models that Keras saved: {@code make_saved_models.py} makes them. */
final class SavedModels {
  static final Path FOLDER =
      Path.of(System.getProperty("basedir", ""), "src/test/resources/cases/saved");

  private SavedModels() {}

  /**
   * A case.
   *
   * @param classes Keras's classes of layers and operations in it
   */
  record Saved(Path folder, List<String> classes, Map<String, Object> notes) {
    String name() {
      return folder.getFileName().toString();
    }

    boolean isRefused() {
      return "refused".equals(notes.get("expect"));
    }

    List<Tensor> inputs() {
      return ((List<?>) notes.get("inputs"))
          .stream().map(i -> Npy.read(folder.resolve(text(((Map<?, ?>) i).get("file"))))).toList();
    }
  }

  private static String text(Object value) {
    return String.valueOf(value);
  }

  /** What {@code layers.json} or {@code operations.json} says. */
  static Map<String, Object> notes(String file) {
    try {
      return JSON.std.mapFrom(FOLDER.resolve(file).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Keras's classes by family. */
  static SortedMap<String, List<String>> families(String file) {
    SortedMap<String, List<String>> families = new TreeMap<>();
    ((Map<?, ?>) notes(file).get("names"))
        .forEach((family, members) -> families.put(text(family), members(members)));
    return families;
  }

  private static List<String> members(Object members) {
    return members instanceof Map<?, ?> named
        ? named.keySet().stream().map(SavedModels::text).toList()
        : ((List<?>) members).stream().map(SavedModels::text).toList();
  }

  /** What no case is about, and why. */
  static Map<String, String> withoutCase(String file) {
    Map<String, String> reasons = new LinkedHashMap<>();
    ((Map<?, ?>) notes(file).get("without_case")).forEach((k, v) -> reasons.put(text(k), text(v)));
    return reasons;
  }

  /** The cases of an archive, unpacked. */
  static List<Saved> cases(String archive, Path scratch) {
    Path root = NodeCases.unpacked(FOLDER.resolve(archive), scratch);
    List<Saved> cases = new ArrayList<>();
    try (var folders = Files.list(root)) {
      for (Path folder : folders.sorted().toList()) {
        Map<String, Object> notes = JSON.std.mapFrom(folder.resolve("case.json").toFile());
        cases.add(new Saved(folder, members(notes.get("classes")), notes));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cases;
  }
}
