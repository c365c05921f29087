package dev.sardonyx.keras;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Texts in the attributes of a group: single ones, and lists that may be split into parts. */
final class Hdf5Names {
  private Hdf5Names() {}

  /** The text of an attribute, or null where there is none. */
  static @Nullable String text(Hdf5File file, Hdf5Node node, String name) {
    List<String> texts = texts(file, node, name);
    return texts == null || texts.size() != 1 ? null : texts.get(0);
  }

  /**
   * The list in the attribute, or in {@code name0}, {@code name1}, … where it would not fit into
   * one (h5py's limit is 64 kB); null where there is neither.
   */
  static @Nullable List<String> list(Hdf5File file, Hdf5Node node, String name) {
    Map<String, Hdf5Attribute> attributes = node.attributes();
    if (attributes.containsKey(name)) {
      return texts(file, node, name);
    }
    List<String> all = null;
    for (int part = 0; attributes.containsKey(name + part); part++) {
      List<String> texts = texts(file, node, name + part);
      if (texts == null) {
        return null;
      }
      all = all == null ? new ArrayList<>() : all;
      all.addAll(texts);
    }
    return all;
  }

  private static @Nullable List<String> texts(Hdf5File file, Hdf5Node node, String name) {
    Hdf5Attribute attribute = node.attributes().get(name);
    if (attribute == null) {
      return null;
    }
    String place = node.path() + "@" + name;
    return file.<List<@Nullable List<String>>>guarded(
            place, () -> java.util.Collections.singletonList(attribute.texts()))
        .get(0);
  }
}
