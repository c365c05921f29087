package dev.sardonyx.keras;

import io.jhdf.object.message.DataLayoutMessage;
import io.jhdf.object.message.FilterPipelineMessage.FilterInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of an HDF5 file, as the guard found it. */
sealed interface Hdf5Node {
  String path();

  Map<String, Hdf5Attribute> attributes();

  /** A group with its children, in the order of the file. */
  record Group(String path, Map<String, Hdf5Attribute> attributes, Map<String, Hdf5Node> children)
      implements Hdf5Node {
    /** The node at a path of names with slashes between them, or null. */
    @Nullable Hdf5Node at(String relative) {
      Hdf5Node node = this;
      for (String name : relative.split("/", -1)) {
        node = node instanceof Group group ? group.children().get(name) : null;
      }
      return node;
    }

    @Nullable Group group(String relative) {
      return at(relative) instanceof Group group ? group : null;
    }
  }

  /**
   * An array: its shape, the type of its elements, and where its data lie.
   *
   * @param filled whether data that are not stored are something else than zero
   */
  record Array(
      String path,
      Map<String, Hdf5Attribute> attributes,
      long[] dims,
      Hdf5Type type,
      DataLayoutMessage layout,
      List<FilterInfo> filters,
      boolean filled)
      implements Hdf5Node {}
}
