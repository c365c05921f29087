package dev.sardonyx.onnx;

import com.google.protobuf.ByteString;
import dev.sardonyx.ir.Value;
import dev.sardonyx.proto.NodeProto;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The values that a graph in a file has defined so far, by name; what a subgraph does not define is
 * looked for around it.
 */
final class Defined {
  private final Source source;
  private final List<NodeProto> nodes;
  private final @Nullable Defined outer;
  private final Map<String, Value> values = new HashMap<>();
  private final Set<String> absent = new HashSet<>();
  private @Nullable Set<String> made;

  /**
   * @param nodes the nodes of the graph
   * @param outer the values around a subgraph
   */
  Defined(Source source, List<NodeProto> nodes, @Nullable Defined outer) {
    this.source = source;
    this.nodes = nodes;
    this.outer = outer;
  }

  /** A name that something new has. */
  String fresh(ByteString bytes, String place) {
    return fresh(source.text(bytes, place), place);
  }

  String fresh(String name, String place) {
    if (name.isEmpty() || values.containsKey(name) || absent.contains(name)) {
      throw source.refuse(
          "ONNX-007",
          place,
          name.isEmpty() ? "a value has no name" : "two values have one name",
          "name: \"" + Source.shown(name) + '"',
          "in a model every name stands for one value");
    }
    return name;
  }

  void put(String name, Value value) {
    values.put(name, value);
  }

  /** An input of a function that its call leaves out. */
  void leaveOut(String name) {
    absent.add(name);
  }

  /** Whether the name stands for an input that the call around leaves out. */
  private boolean isLeftOut(String name) {
    Defined scope = this;
    while (scope != null) {
      if (scope.values.containsKey(name)) {
        return false;
      }
      if (scope.absent.contains(name)) {
        return true;
      }
      scope = scope.outer;
    }
    return false;
  }

  /** What a node takes under a name; null if there is nothing. */
  @Nullable Value input(ByteString bytes, String place) {
    String name = source.text(bytes, place);
    return name.isEmpty() || isLeftOut(name) ? null : get(name, place);
  }

  Value get(ByteString bytes, String place) {
    return get(source.text(bytes, place), place);
  }

  private Value get(String name, String place) {
    Value value = values.get(name);
    // Of two values of one name, a subgraph's own is meant wherever it stands.
    boolean later = value == null && isMade(name);
    for (Defined scope = outer; value == null && !later && scope != null; scope = scope.outer) {
      value = scope.values.get(name);
      later = value == null && scope.isMade(name);
    }
    if (value == null) {
      throw source.refuse(
          "ONNX-019",
          place,
          later
              ? "a value is used before the node that makes it"
              : "nothing in the model makes a value that is used",
          "name: \"" + Source.shown(name) + '"',
          later
              ? "nodes come after those that they depend on, and never in a cycle"
              : "the model is damaged, or parts of it were removed");
    }
    return value;
  }

  /** Whether a node of this graph, read or not, has the name among its results. */
  private boolean isMade(String name) {
    Set<String> names = made;
    if (names == null) {
      names = new HashSet<>();
      for (NodeProto node : nodes) {
        names.addAll(node.getOutputList());
      }
      made = names;
    }
    return names.contains(name);
  }
}
