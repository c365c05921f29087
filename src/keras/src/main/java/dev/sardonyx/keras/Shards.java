package dev.sardonyx.keras;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Weights in several files, as {@code save_weights(max_shard_size=…)} writes them: {@code
 * x.weights.json} names for each object the files that have its variables.
 */
final class Shards {
  private static final int MOST = 10_000;

  private final Opened opened;
  private final Limits limits;
  private final Path index;
  private final Source source;

  Shards(Opened opened, Limits limits, Path index, Source source) {
    this.opened = opened;
    this.limits = limits;
    this.index = index;
    this.source = source;
  }

  Hdf5Reader.Found weights(Map<String, @Nullable Object> json) {
    Map<String, Dataset> all = new TreeMap<>();
    Map<String, String> names = new LinkedHashMap<>();
    Path folder = Objects.requireNonNull(index.toAbsolutePath().getParent());
    Beside beside = new Beside(folder, Objects.requireNonNull(index.getFileName()).toString());
    for (String name : files(json)) {
      Source shard = new Source(name);
      ByteSource bytes = opened.open(beside.resolve(name, source), shard);
      Hdf5File file = Hdf5File.open(bytes, shard, limits);
      Layouts.variables(file).forEach((path, dataset) -> add(all, path, dataset));
      Layouts.layerNames(file).forEach(names::putIfAbsent);
    }
    return new Hdf5Reader.Found(
        new ObjectWeights(source.name(), Layouts.owners(all, names, source)),
        KerasFile.UNKNOWN_VERSION);
  }

  private void add(Map<String, Dataset> all, String path, Dataset dataset) {
    if (all.put(path, dataset) != null) {
      throw Layouts.incomplete(source, List.of(path + " is in two files"));
    }
  }

  /** The files that are named, each once. */
  private Set<String> files(Map<String, @Nullable Object> json) {
    Map<String, @Nullable Object> map = Architectures.object(json.get("weight_map"));
    if (map == null) {
      throw source.refuse(
          "KERAS-006",
          "",
          "the JSON names no files of weights: weight_map is missing",
          "its keys: " + json.keySet(),
          "give the .weights.json that save_weights() wrote");
    }
    Set<String> files = new TreeSet<>();
    for (Object named : map.values()) {
      for (Object name : named instanceof List<?> several ? several : listOf(named)) {
        files.add(fileName(name));
      }
    }
    if (files.size() > MOST) {
      throw notAFile(files.size() + " files");
    }
    return files;
  }

  private static List<@Nullable Object> listOf(@Nullable Object one) {
    List<@Nullable Object> list = new ArrayList<>();
    list.add(one);
    return list;
  }

  private String fileName(@Nullable Object name) {
    if (name instanceof String text
        && text.matches("[^/\\\\:\\p{Cntrl}]+")
        && !text.matches("\\.+")) {
      return text;
    }
    throw notAFile(String.valueOf(name));
  }

  private DiagnosticException notAFile(String received) {
    return Beside.elsewhere("weight_map", "it names " + received, source);
  }
}
