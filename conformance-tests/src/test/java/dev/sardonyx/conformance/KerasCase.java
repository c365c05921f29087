package dev.sardonyx.conformance;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.sardonyx.ir.type.Tensor;
import dev.sardonyx.testkit.Npz;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * One case that real Keras made.
 *
 * @param folder where it is
 * @param description what {@code case.json} says
 * @param arrays the arrays beside it, by name
 */
record KerasCase(Path folder, Map<String, Object> description, Map<String, Tensor> arrays) {
  /** All cases of a family, by name; a family without cases is a mistake. */
  static List<KerasCase> all(String family) {
    return in(root().resolve(family));
  }

  /** All cases that are folders of {@code folder}. */
  static List<KerasCase> in(Path folder) {
    try (Stream<Path> folders = Files.list(folder)) {
      List<KerasCase> cases = folders.sorted().map(KerasCase::read).toList();
      if (cases.isEmpty()) {
        throw new IllegalStateException("there are no cases in " + folder);
      }
      return cases;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path root() {
    try {
      return Path.of(Objects.requireNonNull(KerasCase.class.getResource("/cases/keras")).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KerasCase read(Path folder) {
    Path arrays = folder.resolve("arrays.npz");
    return new KerasCase(
        folder,
        json(folder.resolve("case.json")),
        Files.exists(arrays) ? Npz.read(arrays) : Map.of());
  }

  private static Map<String, Object> json(Path file) {
    try {
      return JSON.std.mapFrom(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code model.json} beside the case says, as Keras's {@code to_json} gives it. */
  Map<String, Object> architecture() {
    return json(folder.resolve("model.json"));
  }

  String text(String key) {
    return (String) Objects.requireNonNull(description.get(key), key);
  }

  boolean flag(String key) {
    return (boolean) Objects.requireNonNull(description.get(key), key);
  }

  double number(String key) {
    return ((Number) Objects.requireNonNull(description.get(key), key)).doubleValue();
  }

  List<?> list(String key) {
    return (List<?>) Objects.requireNonNull(description.get(key), key);
  }

  Map<?, ?> object(String key) {
    return (Map<?, ?>) Objects.requireNonNull(description.get(key), key);
  }

  Tensor array(String arrayName) {
    return Objects.requireNonNull(arrays.get(arrayName), arrayName);
  }

  /** The arrays {@code prefix_0}, {@code prefix_1}, … in order. */
  List<Tensor> arrays(String prefix) {
    List<Tensor> found = new ArrayList<>();
    while (arrays.containsKey(prefix + "_" + found.size())) {
      found.add(arrays.get(prefix + "_" + found.size()));
    }
    return found;
  }

  /** The arrays whose names match, by name. */
  Map<String, Tensor> arraysMatching(String pattern) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    arrays.forEach(
        (key, array) -> {
          if (key.matches(pattern)) {
            found.put(key, array);
          }
        });
    return found;
  }

  /** The folder's name. */
  String name() {
    return folder.getFileName().toString();
  }

  @Override
  public String toString() {
    return name();
  }
}
