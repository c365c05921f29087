package dev.sardonyx.keras;

import dev.sardonyx.ir.diagnostic.DiagnosticException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From the groups and arrays of an HDF5 file to weights, in whichever layout it has. */
final class Layouts {
  private static final String OLD_LAYERS = "_layer_checkpoint_dependencies";
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");
  private static final Set<String> TRAINING = Set.of("optimizer", "optimizer_weights");

  private final Hdf5File file;
  private final List<String> problems = new ArrayList<>();

  private Layouts(Hdf5File file) {
    this.file = file;
  }

  /** Whether these are lists of names (Keras 1 and 2) and not a tree (Keras 3). */
  static boolean isNamed(Hdf5Node.Group group) {
    return group.attributes().containsKey("layer_names")
        || group.attributes().containsKey("layer_names0");
  }

  /** Whether this is a tree of objects; an empty file is one, of a model without weights. */
  static boolean isTree(Hdf5Node.Group group) {
    return group.children().isEmpty()
        || group.children().containsKey("layers")
        || group.children().containsKey("vars")
        || group.children().containsKey(OLD_LAYERS);
  }

  /** The weights that Keras 1 and 2 list by name in {@code group}. */
  static NamedWeights named(Hdf5File file, Hdf5Node.Group group) {
    Layouts layouts = new Layouts(file);
    List<NamedWeights.Layer> layers = new ArrayList<>();
    for (String name : layouts.names(group, "layer_names")) {
      Hdf5Node.Group layer = group.group(name);
      if (layer == null) {
        layouts.problems.add("no group for layer " + name);
      } else {
        layers.add(new NamedWeights.Layer(name, layouts.weights(layer)));
      }
    }
    Hdf5Node.Group top = group.group("top_level_model_weights");
    List<NamedWeights.Weight> topLevel = top == null ? List.of() : layouts.weights(top);
    layouts.requireNone();
    return new NamedWeights(file.source().name(), layers, topLevel);
  }

  private List<NamedWeights.Weight> weights(Hdf5Node.Group layer) {
    List<NamedWeights.Weight> weights = new ArrayList<>();
    for (String name : names(layer, "weight_names")) {
      if (layer.at(name) instanceof Hdf5Node.Array array) {
        weights.add(new NamedWeights.Weight(name, file.dataset(array)));
      } else {
        problems.add("no array for weight %s of %s".formatted(name, layer.path()));
      }
    }
    return weights;
  }

  private List<String> names(Hdf5Node.Group group, String attribute) {
    List<String> names = Hdf5Names.list(file, group, attribute);
    if (names == null) {
      problems.add("%s has no list %s".formatted(group.path(), attribute));
      return List.of();
    }
    return names;
  }

  /** The weights that Keras 3 keeps by the path of their object. */
  static ObjectWeights tree(Hdf5File file) {
    Map<String, ObjectWeights.Owner> owners =
        owners(variables(file), layerNames(file), file.source());
    objects(file.root(), "", (path, vars) -> owners.putIfAbsent(path, ObjectWeights.Owner.EMPTY));
    return new ObjectWeights(file.source().name(), owners);
  }

  /** All variables by the path of their object, a slash and their number. */
  static Map<String, Dataset> variables(Hdf5File file) {
    Layouts layouts = new Layouts(file);
    Map<String, Dataset> all = new TreeMap<>();
    objects(
        file.root(),
        "",
        (path, vars) -> {
          if (vars != null) {
            layouts.addVariables(path, vars, all);
          }
        });
    layouts.requireNone();
    return all;
  }

  private void addVariables(String path, Hdf5Node.Group vars, Map<String, Dataset> all) {
    vars.children()
        .forEach(
            (name, child) -> {
              if (child instanceof Hdf5Node.Array array) {
                all.put(path + "/" + name, file.dataset(array));
              } else {
                problems.add("%s/%s is no variable".formatted(vars.path(), name));
              }
            });
  }

  /** The names of layers that are noted beside their variables, by object path. */
  static Map<String, String> layerNames(Hdf5File file) {
    Map<String, String> names = new TreeMap<>();
    objects(
        file.root(),
        "",
        (path, vars) -> {
          String name = vars == null ? null : Hdf5Names.text(file, vars, "name");
          if (name != null) {
            names.put(path, name);
          }
        });
    return names;
  }

  /** Visits all objects with the group of their variables; those of the training are left out. */
  private static void objects(
      Hdf5Node.Group group, String path, BiConsumer<String, Hdf5Node.@Nullable Group> visitor) {
    visitor.accept(path, group.group("vars"));
    group
        .children()
        .forEach(
            (name, child) -> {
              boolean skipped =
                  name.equals("vars")
                      || path.isEmpty() && TRAINING.contains(name)
                      || name.equals(OLD_LAYERS) && group.children().containsKey("layers");
              if (!skipped && child instanceof Hdf5Node.Group below) {
                String normal = name.equals(OLD_LAYERS) ? "layers" : name;
                objects(below, path.isEmpty() ? normal : path + "/" + normal, visitor);
              }
            });
  }

  /** Groups variables by object; refused (KERAS-026) where a number is missing. */
  static Map<String, ObjectWeights.Owner> owners(
      Map<String, Dataset> variables, Map<String, String> names, Source source) {
    Map<String, SortedMap<Integer, Dataset>> numbered = new TreeMap<>();
    Map<String, SortedMap<String, Dataset>> named = new TreeMap<>();
    variables.forEach(
        (path, dataset) -> {
          String owner = path.substring(0, path.lastIndexOf('/'));
          String key = path.substring(path.lastIndexOf('/') + 1);
          if (NUMBER.matcher(key).matches()) {
            numbered
                .computeIfAbsent(owner, o -> new TreeMap<>())
                .put(Integer.parseInt(key), dataset);
          } else {
            named.computeIfAbsent(owner, o -> new TreeMap<>()).put(key, dataset);
          }
        });
    requireWithoutGaps(numbered, source);
    Map<String, ObjectWeights.Owner> owners = new TreeMap<>();
    Set<String> paths = new TreeSet<>(numbered.keySet());
    paths.addAll(named.keySet());
    for (String path : paths) {
      var vars = numbered.getOrDefault(path, Collections.emptySortedMap());
      var others = named.getOrDefault(path, Collections.emptySortedMap());
      owners.put(
          path,
          new ObjectWeights.Owner(
              names.get(path),
              List.copyOf(vars.values()),
              Collections.unmodifiableSortedMap(others)));
    }
    return owners;
  }

  private static void requireWithoutGaps(
      Map<String, SortedMap<Integer, Dataset>> numbered, Source source) {
    List<String> problems = new ArrayList<>();
    numbered.forEach(
        (path, vars) -> {
          if (vars.lastKey() != vars.size() - 1) {
            problems.add("%s has the variables %s".formatted(path, vars.keySet()));
          }
        });
    if (!problems.isEmpty()) {
      throw incomplete(source, problems);
    }
  }

  private void requireNone() {
    if (!problems.isEmpty()) {
      throw incomplete(file.source(), problems);
    }
  }

  static DiagnosticException incomplete(Source source, List<String> problems) {
    return source.refuse(
        "KERAS-026",
        "",
        "the weights are not complete, or not laid out as Keras does: %s"
            .formatted(Source.shown(problems.get(0))),
        problems.size() == 1
            ? "this is all that is wrong"
            : "and %s more: %s"
                .formatted(
                    problems.size() - 1, String.join("; ", problems.subList(1, problems.size()))),
        Source.DAMAGED);
  }
}
