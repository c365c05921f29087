package dev.sardonyx.keras;

import dev.sardonyx.ir.type.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A group of an HDF5 file that is to be written. */
final class OutGroup {
  /** h5py refuses attributes above 64 kB; a text in a list takes 16 bytes of them. */
  private static final int NAMES_IN_ATTRIBUTE = 4000;

  private final Map<String, OutGroup> groups = new TreeMap<>();
  private final Map<String, Tensor> arrays = new TreeMap<>();
  private final Map<String, Object> attributes = new LinkedHashMap<>();

  Map<String, OutGroup> groups() {
    return groups;
  }

  Map<String, Tensor> arrays() {
    return arrays;
  }

  /** Texts, and lists of texts. */
  Map<String, Object> attributes() {
    return attributes;
  }

  /** The group at a path of names with slashes between them, made where there is none. */
  OutGroup group(String path) {
    OutGroup group = this;
    for (String name : path.split("/", -1)) {
      if (name.isEmpty() || name.equals(".") || group.arrays.containsKey(name)) {
        throw new IllegalArgumentException("there can be no group " + path);
      }
      group = group.groups.computeIfAbsent(name, n -> new OutGroup());
    }
    return group;
  }

  void array(String path, Tensor data) {
    int slash = path.lastIndexOf('/');
    OutGroup group = slash < 0 ? this : group(path.substring(0, slash));
    String name = path.substring(slash + 1);
    if (name.isEmpty()
        || name.equals(".")
        || group.groups.containsKey(name)
        || group.arrays.putIfAbsent(name, data) != null) {
      throw new IllegalArgumentException("there can be no array " + path + ", or there is one");
    }
  }

  void text(String name, String text) {
    attributes.put(name, text);
  }

  /** A list, in several attributes with numbers after their names where it is long. */
  void texts(String name, List<String> texts) {
    if (texts.size() <= NAMES_IN_ATTRIBUTE) {
      attributes.put(name, texts);
      return;
    }
    for (int part = 0; part * NAMES_IN_ATTRIBUTE < texts.size(); part++) {
      int from = part * NAMES_IN_ATTRIBUTE;
      int to = Math.min(texts.size(), from + NAMES_IN_ATTRIBUTE);
      attributes.put(name + part, texts.subList(from, to));
    }
  }
}
