package dev.sardonyx.keras;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tree of Keras 3: variables lie below the path of the object that owns them, such as {@code
 * layers/dense} or {@code layers/bidirectional/forward_layer/cell}.
 *
 * <p>Layer names are not part of the path. TF-Keras 2.12 calls {@code layers} {@code
 * _layer_checkpoint_dependencies}; here it is {@code layers} in either case, at every depth.
 */
public final class ObjectWeights implements Weights {
  private final String file;
  private final NavigableMap<String, Owner> owners;

  /** An object of the tree, with or without variables of its own. */
  record Owner(@Nullable String name, List<Dataset> vars, Map<String, Dataset> named) {
    static final Owner EMPTY = new Owner(null, List.of(), Map.of());
  }

  ObjectWeights(String file, Map<String, Owner> owners) {
    this.file = file;
    this.owners = new TreeMap<>(owners);
  }

  /** A tree of data that are here already, by object path. */
  public static ObjectWeights of(String file, Map<String, List<Dataset>> vars) {
    Map<String, Owner> owners = new TreeMap<>();
    vars.forEach((path, list) -> owners.put(path, new Owner(null, List.copyOf(list), Map.of())));
    return new ObjectWeights(file, owners);
  }

  @Override
  public String file() {
    return file;
  }

  /**
   * The variables of the object at {@code path}, in order of their creation; empty where the object
   * has none or does not exist.
   */
  public List<Dataset> vars(String path) {
    return owners.getOrDefault(path, Owner.EMPTY).vars();
  }

  /**
   * What the object keeps under names of its own instead of numbers, sorted: {@code idf_weights} of
   * lookup layers.
   */
  public Map<String, Dataset> named(String path) {
    return owners.getOrDefault(path, Owner.EMPTY).named();
  }

  /** The layer's name as the file notes it (Keras 3.6 and later), or null. */
  public @Nullable String name(String path) {
    return owners.getOrDefault(path, Owner.EMPTY).name();
  }

  /** The paths of all objects that own variables, sorted. */
  public NavigableSet<String> paths() {
    NavigableMap<String, Owner> owning = new TreeMap<>(owners);
    owning.values().removeIf(owner -> owner.vars().isEmpty() && owner.named().isEmpty());
    return Collections.unmodifiableNavigableSet(owning.navigableKeySet());
  }

  /** Whether there is an object at this path, be it without variables. */
  public boolean has(String path) {
    return owners.containsKey(path) || !children(path).isEmpty();
  }

  /** The names of the objects directly below {@code path}, sorted; {@code ""} is the model. */
  public List<String> children(String path) {
    String prefix = path.isEmpty() ? "" : path + "/";
    Set<String> names = new LinkedHashSet<>();
    for (String below : owners.tailMap(prefix, true).keySet()) {
      if (!below.startsWith(prefix)) {
        break;
      }
      if (below.length() > prefix.length()) {
        int end = below.indexOf('/', prefix.length());
        names.add(below.substring(prefix.length(), end < 0 ? below.length() : end));
      }
    }
    return new ArrayList<>(names);
  }
}
