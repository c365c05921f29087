package dev.sardonyx.onnx;

import com.google.protobuf.ByteString;
import dev.sardonyx.ir.Value;
import dev.sardonyx.proto.GraphProto;
import java.util.HashMap;
import java.util.Map;

/** The values that a file has defined so far, by name. */
final class Defined {
  private final Source source;
  private final GraphProto graph;
  private final Map<String, Value> values = new HashMap<>();

  Defined(Source source, GraphProto graph) {
    this.source = source;
    this.graph = graph;
  }

  /** A name that something new has. */
  String fresh(ByteString bytes, String place) {
    String name = source.text(bytes, place);
    if (name.isEmpty() || values.containsKey(name)) {
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

  boolean has(String name) {
    return values.containsKey(name);
  }

  Value get(ByteString bytes, String place) {
    String name = source.text(bytes, place);
    Value value = values.get(name);
    if (value == null) {
      boolean later = graph.getNodeList().stream().anyMatch(n -> n.getOutputList().contains(name));
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
}
