package dev.sardonyx.onnx;

import com.google.protobuf.ByteString;
import dev.sardonyx.ir.Value;
import dev.sardonyx.proto.AttributeProto;
import dev.sardonyx.proto.AttributeProto.AttributeType;
import dev.sardonyx.proto.FunctionProto;
import dev.sardonyx.proto.NodeProto;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Calls of a model's own functions: what the function computes stands in the node's place. */
final class Calls {
  private final Context context;
  private final Source source;
  private final NodeProto node;
  private final FunctionProto function;
  private final String place;

  private Calls(Context context, NodeProto node, FunctionProto function, String place) {
    this.context = context;
    this.source = context.source();
    this.node = node;
    this.function = function;
    this.place = place;
  }

  /**
   * The results of a call.
   *
   * @param results what the node calls its results, empty where it does not want one
   */
  static List<Value> inline(
      Context context,
      Functions.Function function,
      NodeProto node,
      List<@Nullable Value> inputs,
      List<String> results,
      String place) {
    return new Calls(context, node, function.proto(), place).inline(function, inputs, results);
  }

  private List<Value> inline(
      Functions.Function called, List<@Nullable Value> inputs, List<String> results) {
    requireCount("inputs", inputs.size(), function.getInputCount());
    requireCount("results", results.size(), function.getOutputCount());
    Context inside = context.inside(called, naming(results), arguments(), place);
    Defined defined = new Defined(source, function.getNodeList(), null);
    List<ByteString> formals = function.getInputList().asByteStringList();
    for (int i = 0; i < formals.size(); i++) {
      String name = defined.fresh(formals.get(i), place);
      Value value = i < inputs.size() ? inputs.get(i) : null;
      if (value == null) {
        defined.leaveOut(name);
      } else {
        defined.put(name, value);
      }
    }
    NodeReader nodes = new NodeReader(inside, defined);
    for (int i = 0; i < function.getNodeCount(); i++) {
      nodes.read(function.getNode(i), i);
    }
    List<Value> values = new ArrayList<>();
    for (int i = 0; i < results.size(); i++) {
      values.add(defined.get(function.getOutputList().asByteStringList().get(i), place));
    }
    return values;
  }

  private void requireCount(String what, int given, int most) {
    if (given > most) {
      throw source.refuse(
          "ONNX-011",
          place,
          "the function has %s %s, the node names %s".formatted(most, what, given),
          "function: " + Source.shown(function.getName()),
          "the model is damaged, or its writer was wrong");
    }
  }

  /** The function's results are called as the node calls them, its other values after the node. */
  private Naming naming(List<String> results) {
    Map<String, String> names = new HashMap<>();
    for (int i = 0; i < results.size(); i++) {
      if (!results.get(i).isEmpty()) {
        names.putIfAbsent(function.getOutput(i), context.naming().of(results.get(i)));
      }
    }
    String name = node.getName().isEmpty() ? function.getName() : node.getName();
    return new Naming(context.naming().ofNode(name) + "/", names);
  }

  /** The attributes by name: as the node gives them, else as the function has them by default. */
  private Map<String, AttributeProto> arguments() {
    Map<String, AttributeProto> arguments = new HashMap<>();
    function.getAttributeProtoList().forEach(a -> arguments.put(a.getName(), a));
    Set<String> known = new HashSet<>(arguments.keySet());
    known.addAll(function.getAttributeList());
    AttributeReader reader = new AttributeReader(context, place);
    for (AttributeProto attribute : node.getAttributeList()) {
      String name = source.text(attribute.getNameBytes(), place);
      if (!known.remove(name)) {
        throw refuse(name, "ONNX-009", "is not one of the function's, or given twice", "remove it");
      }
      AttributeProto given = reader.resolved(attribute);
      if (given == null) {
        continue;
      }
      if (given.hasG() || given.getGraphsCount() > 0 || given.getType() == AttributeType.GRAPH) {
        throw refuse(
            name, "ONNX-006", "of a function is a graph", "export the model with it inlined");
      }
      arguments.put(name, given);
    }
    return arguments;
  }

  private RuntimeException refuse(String name, String code, String message, String help) {
    String shown = Source.shown(name);
    return source.refuse(
        code,
        place,
        "attribute " + shown + " " + message,
        "function: %s   attribute: %s".formatted(Source.shown(function.getName()), shown),
        help);
  }
}
